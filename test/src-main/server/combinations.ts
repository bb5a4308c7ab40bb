// Every combination of one choice from each list, the last list turning fastest.

type Choices = Readonly<Record<string, readonly unknown[]>>;
export type Combination<T extends Choices> = { [K in keyof T]: T[K][number] };

export function* combinations<const T extends Choices>(choices: T): Generator<Combination<T>> {
  const names = Object.keys(choices) as (keyof T & string)[];
  const lists = names.map((name) => choices[name] as readonly unknown[]);
  const total = lists.reduce((product, list) => product * list.length, 1);
  for (let number = 0; number < total; number++) {
    const combination = {} as Combination<T>;
    let rest = number;
    for (let i = names.length - 1; i >= 0; i--) {
      const list = lists[i] as readonly unknown[];
      combination[names[i] as keyof T] = list[rest % list.length] as T[keyof T][number];
      rest = Math.floor(rest / list.length);
    }
    yield combination;
  }
}
