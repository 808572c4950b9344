import { nothing } from 'lit';
import { Directive, directive, PartType, type ElementPart, type PartInfo } from 'lit/directive.js';

type Properties = Readonly<Record<string, string>>;

/**
 * Sets style properties of an element one by one: `<div ${styled({ width: '3px' })}>`. A `style` attribute, as Lit's
 * own styleMap writes it at first, is an inline style, which the panel's content security policy forbids.
 */
class StyledDirective extends Directive {
  #before: Properties = {};

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new TypeError('styled() belongs in a tag: <div ${styled({…})}>.');
  }

  override render(_properties: Properties): typeof nothing {
    return nothing;
  }

  override update(part: ElementPart, [properties]: [Properties]): typeof nothing {
    const { element } = part;
    if (!(element instanceof HTMLElement)) return nothing;
    for (const name of Object.keys(this.#before)) if (!(name in properties)) element.style.removeProperty(name);
    for (const [name, value] of Object.entries(properties))
      if (this.#before[name] !== value) element.style.setProperty(name, value);
    this.#before = properties;
    return nothing;
  }
}

export const styled = directive(StyledDirective);
