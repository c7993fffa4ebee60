/**
 * Text that arrives in pieces, broken between words at the edge of the terminal, every line under the first one's start; a line
 * that begins with blanks, as code does, keeps them.
 */

export interface FlowingText {
  add(piece: string): void;
  /** Ends the paragraph; true where anything had been said. */
  end(): boolean;
}

export interface Page {
  /** Columns; infinite where nobody reads on a screen. */
  readonly width: number;
  /** Before the first line; later lines are as far from the edge. */
  readonly lead: string;
  write(text: string): void;
}

export function createFlowingText({ width, lead, write }: Page): FlowingText {
  const indent = ' '.repeat(lead.length);
  let column = 0;
  let word = '';
  let started = false;
  let breaks = 0;
  /** Blanks at the beginning of the line to come. */
  let blanks = 0;

  function flush(): void {
    if (word === '') return;
    if (!started) {
      write(lead);
      column = lead.length;
      started = true;
    } else if (breaks > 0) {
      write('\n'.repeat(Math.min(breaks, 2)) + indent + ' '.repeat(blanks));
      column = indent.length + blanks;
    } else if (column > indent.length) {
      if (column + 1 + [...word].length > width) {
        write(`\n${indent}`);
        column = indent.length;
      } else {
        write(' ');
        column += 1;
      }
    }
    breaks = 0;
    blanks = 0;
    write(word);
    column += [...word].length;
    word = '';
  }

  return {
    add(piece) {
      for (const letter of piece) {
        if (letter !== '\n' && letter !== ' ') {
          word += letter;
          continue;
        }
        if (letter === ' ' && word === '' && breaks > 0) blanks += 1;
        flush();
        if (letter === '\n' && started) [breaks, blanks] = [breaks + 1, 0];
      }
    },
    end() {
      flush();
      if (started) write('\n');
      return started;
    },
  };
}
