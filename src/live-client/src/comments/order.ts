import type { Comment } from '../types.js';

/** The order of the gateway's own lists: the oldest first; of the same moment, the one posted first. */
export function compareComments(left: Comment, right: Comment): number {
  return compareTexts(moment(left), moment(right)) || compareIds(left.id, right.id);
}

// Without the Z, because fractions of a second are as long as need be: "…:27Z" stands before "…:27.5Z".
function moment({ createdAt }: Comment): string {
  return createdAt.endsWith('Z') ? createdAt.slice(0, -1) : createdAt;
}

/**
 * By the number inside, where an id shows one, because the gateway counts its comments. Ids stay opaque otherwise: one
 * that shows nothing still has its fixed place, only perhaps another one than in the gateway's list.
 */
function compareIds(left: string, right: string): number {
  const [a, b] = [numberIn(left), numberIn(right)];
  return (
    (a !== undefined && b !== undefined && (a.length - b.length || compareTexts(a, b))) || compareTexts(left, right)
  );
}

function numberIn(id: string): string | undefined {
  try {
    return /:([1-9]\d*)$/.exec(atob(id))?.[1];
  } catch {
    return undefined;
  }
}

function compareTexts(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
