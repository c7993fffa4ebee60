/**
 * HTML that cannot be injected into: the tag `markup` escapes every value put into it, except markup itself.
 * There is no other way to make Markup, so a table named `<script>` stays a name.
 */

export class Markup {
  readonly #html: string;

  private constructor(html: string) {
    this.#html = html;
  }

  toString(): string {
    return this.#html;
  }

  /** Only for `markup` and for texts of this folder that are HTML or CSS already. */
  static trusted(html: string): Markup {
    return new Markup(html);
  }
}

export type Insertion = string | number | Markup | readonly Insertion[];

export function markup(parts: TemplateStringsArray, ...values: readonly Insertion[]): Markup {
  return Markup.trusted(parts.map((part, i) => (i === 0 ? part : toHtml(values[i - 1]!) + part)).join(''));
}

function toHtml(value: Insertion): string {
  if (value instanceof Markup) return value.toString();
  if (Array.isArray(value)) return value.map(toHtml).join('');
  return escapeHtml(String(value));
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** What turns the direction of writing around, or is no character of HTML, is shown as a replacement mark. */
export function escapeHtml(text: string): string {
  return text
    .replace(/(?![\n\t])\p{Cc}|\p{Bidi_Control}/gu, '\ufffd')
    .replace(/[&<>"']/g, (character) => entities[character]!);
}

export const nothing = Markup.trusted('');
