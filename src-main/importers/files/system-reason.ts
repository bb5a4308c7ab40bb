// An operating system's refusal as a sentence, without paths: the problem names the file already.

const SENTENCES: Record<string, string> = {
  ENOENT: 'no such file or folder',
  EACCES: 'may not be read (permission denied)',
  EPERM: 'may not be read (permission denied)',
  EISDIR: 'is a folder where a file should be',
  ENOTDIR: 'is no folder',
  ELOOP: 'links that lead in a circle',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'the name is too long',
};

export function systemReason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code === undefined) throw error;
  return SENTENCES[code] ?? `cannot be read (${code})`;
}
