/** Gives out tensor names that no other tensor of a model has. */
export class Names {
  readonly #taken: Set<string>;

  constructor(taken: ReadonlySet<string>) {
    this.#taken = new Set(taken);
  }

  /** The wanted name, with a number behind it where it is taken. */
  fresh(wanted: string): string {
    let name = wanted;
    for (let count = 1; this.#taken.has(name); count += 1) name = `${wanted}.${count}`;
    this.#taken.add(name);
    return name;
  }
}
