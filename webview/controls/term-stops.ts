/** What can have a tab stop. */
interface Stop extends HTMLElement {
  isStop: boolean;
}

/**
 * The tab stops of elements that stand in many places: those of one group (a shadow root, or a dialog in one) have one,
 * and the arrow keys lead from one to the next. It moves on when its element goes away or is not seen: the Tab key finds
 * one that is.
 */
export class TermStops<E extends Stop> {
  readonly #name: string;
  readonly #all = new Set<E>();
  /** The element of each group that has its stop. */
  readonly #chosen = new WeakMap<Node, E>();
  readonly #groups = new WeakMap<E, Node>();
  readonly #tab = (event: KeyboardEvent): void => {
    if (event.key === 'Tab') for (const group of new Set([...this.#all].map(groupOf))) this.#renew(group);
  };

  /** The elements have this name. */
  constructor(name: string) {
    this.#name = name;
  }

  add(element: E): void {
    if (this.#all.size === 0) document.addEventListener('keydown', this.#tab, { capture: true });
    this.#all.add(element);
    const group = groupOf(element);
    this.#groups.set(element, group);
    if (!this.#chosen.get(group)?.isConnected) this.choose(element);
  }

  remove(element: E): void {
    this.#all.delete(element);
    if (this.#all.size === 0) document.removeEventListener('keydown', this.#tab, { capture: true });
    const group = this.#groups.get(element);
    element.isStop = false;
    if (!group || this.#chosen.get(group) !== element) return;
    this.#chosen.delete(group);
    this.#renew(group);
  }

  /** Gives the stop of its group to an element. */
  choose(element: E): void {
    const group = groupOf(element);
    const before = this.#chosen.get(group);
    if (before && before !== element) before.isStop = false;
    this.#chosen.set(group, element);
    element.isStop = true;
  }

  /** Gives the keyboard to the next element of a group, or to the one before; they go round. */
  step(element: E, by: -1 | 1): void {
    const seen = this.#seen(groupOf(element));
    seen[(seen.indexOf(element) + by + seen.length) % seen.length]?.focus();
  }

  #renew(group: Node): void {
    const now = this.#chosen.get(group);
    if (now?.isConnected && now.checkVisibility()) return;
    const [first] = this.#seen(group);
    if (first) this.choose(first);
  }

  /** The elements of a group that are on screen, in their order. */
  #seen(group: Node): readonly E[] {
    if (!(group instanceof ShadowRoot || group instanceof Element)) return [];
    return [...group.querySelectorAll<E>(this.#name)].filter(
      (each) => groupOf(each) === group && each.checkVisibility(),
    );
  }
}

/** What an element shares its tab stop in: a dialog or popover around it, or else its shadow root. */
function groupOf(element: HTMLElement): Node {
  return element.closest('dialog, [popover]') ?? element.getRootNode();
}
