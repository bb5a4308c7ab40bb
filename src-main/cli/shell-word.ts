// A word of a command that a person may copy into a shell. Names come from files of others: whatever they hold, the shell
// gets them as one word and obeys nothing in them.

const PLAIN = /^[\w@%+=:,./-]+$/;

/** For POSIX shells. */
export const shellQuoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Quoted where it must be. */
export const shellWord = (text: string): string => (PLAIN.test(text) ? text : shellQuoted(text));
