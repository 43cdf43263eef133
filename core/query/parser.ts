/**
 * Symbols into a tree. Grammar, loosest first:
 *
 *     or    = and  (("OR" | "|") and)*
 *     and   = near (["AND"] near)*
 *     near  = not  (("NEAR/n" | "ONEAR/n") not)*
 *     not   = ("NOT" | "-") not | term
 *     term  = "(" or ")" | field ":" term | word | phrase
 */
import { attributeQuery, isAttribute } from './attribute.ts';
import { type Lexeme, readLexemes } from './lexer.ts';
import {
  type Attribute,
  limits,
  noteParentheses,
  type Query,
  QueryError,
  type TextField,
  type WordsQuery,
} from './tree.ts';
import { parseWords } from './words.ts';

interface State {
  readonly text: string;
  readonly lexemes: readonly (Lexeme & { readonly words?: WordsQuery })[];
  at: number;
  levels: number;
  field?: TextField | Attribute;
}

/** @throws QueryError */
export function parseTree(text: string): Query {
  if (text.length > limits.characters) {
    const end = text.length;
    throw new QueryError(`A query has at most ${limits.characters} characters`, {
      start: limits.characters,
      end,
    });
  }
  const state: State = { text, lexemes: readTerms(text), at: 0, levels: 0 };
  if (state.lexemes.length === 0) throw nothing(text);
  const query = parseOr(state);
  const left = state.lexemes[state.at];
  if (left) throw new QueryError('There is no "(" for this ")"', left, 'remove it or add the "("');
  return query;
}

function nothing(text: string): QueryError {
  return new QueryError(
    'There is nothing to look for',
    { start: 0, end: text.length },
    'write a word, such as sanctions',
  );
}

/** Punctuation on its own is no term. */
function readTerms(text: string): State['lexemes'] {
  const terms: (Lexeme & { readonly words?: WordsQuery })[] = [];
  for (const lexeme of readLexemes(text)) {
    const words = lexeme.type === 'words' ? parseWords(lexeme) : undefined;
    if (lexeme.type !== 'words') terms.push(lexeme);
    else if (words) terms.push({ ...lexeme, words });
    else if (lexeme.quoted || lexeme.exact) throw noWord(lexeme);
  }
  return terms;
}

function noWord(lexeme: Lexeme): QueryError {
  const hint = 'write a word, or leave them out';
  return new QueryError('There is no word between these quotation marks', lexeme, hint);
}

function parseOr(state: State): Query {
  const clauses = [parseAnd(state)];
  while (peek(state)?.type === 'or') {
    const operator = take(state);
    clauses.push(operand(state, operator, parseAnd));
  }
  return group('or', clauses);
}

function parseAnd(state: State): Query {
  const clauses = [parseNear(state)];
  for (;;) {
    const next = peek(state);
    if (next === undefined || next.type === 'or' || next.type === ')') break;
    if (next.type === 'and') {
      take(state);
      clauses.push(operand(state, next, parseNear));
    } else clauses.push(parseNear(state));
  }
  return group('and', clauses);
}

function parseNear(state: State): Query {
  let left = parseNot(state);
  let levels = 0;
  while (peek(state)?.type === 'near') {
    const { within = 0, ordered = false, ...operator } = take(state);
    if (++levels + state.levels > limits.levels) throw tooDeep(operator);
    const right = operand(state, operator, parseNot);
    requirePlace(left, operator.text);
    requirePlace(right, operator.text);
    left = { type: 'near', within, ordered, left, right, start: left.start, end: right.end };
  }
  return left;
}

/** NEAR compares places, so both sides must have one. */
function requirePlace(query: Query, operator: string): void {
  if (query.type === 'words' || query.type === 'near') return;
  if (query.type === 'or') {
    for (const clause of query.clauses) requirePlace(clause, operator);
    return;
  }
  const hint =
    query.type === 'field'
      ? `put the field before the whole: ${query.field}:(a ${operator} b)`
      : query.type === 'not'
        ? `write -(a ${operator} b), or add the exclusion with AND`
        : `write (a ${operator} b) AND c`;
  throw new QueryError(`${operator} joins words, phrases, prefixes and OR-groups of these`, query, hint);
}

function parseNot(state: State): Query {
  const next = peek(state);
  if (next?.type !== 'not') return parseTerm(state);
  take(state);
  const clause = deeper(state, next, () => operand(state, next, parseNot));
  return { type: 'not', clause, start: next.start, end: clause.end };
}

function parseTerm(state: State): Query {
  const next = peek(state)!;
  if (next.type === '(') return parseGroup(state);
  if (next.type === 'field') return parseField(state);
  if (next.words) {
    take(state);
    return isAttribute(state.field) ? attributeQuery(state.field, next) : next.words;
  }
  if (next.type === ')')
    throw new QueryError('There is nothing before this ")"', next, 'remove it or add a word');
  throw lonely(next);
}

function parseGroup(state: State): Query {
  const open = take(state);
  if (peek(state)?.type === ')') {
    throw new QueryError(
      'There is nothing in these parentheses',
      { start: open.start, end: take(state).end },
      'add a word',
    );
  }
  const query = deeper(state, open, () => operand(state, open, parseOr));
  if (peek(state)?.type !== ')') throw new QueryError('This "(" is never closed', open, 'add ")" at its end');
  take(state);
  noteParentheses(query);
  return query;
}

function parseField(state: State): Query {
  const { text: name, start, end } = take(state);
  const next = peek(state);
  if (state.field) {
    throw new QueryError(
      `${name}: cannot stand inside ${state.field}:`,
      { start, end },
      'join the two with AND',
    );
  }
  if (next?.type !== '(' && next?.type !== 'words') {
    const hint = next?.type === 'not' ? `write -${name}:word` : `as in ${name}:word`;
    throw new QueryError(`${name}: needs a value`, { start, end }, hint);
  }
  state.field = name as TextField | Attribute;
  const clause = deeper(state, next, () => parseTerm(state));
  delete state.field;
  if (isAttribute(name)) return clause.type === 'attribute' ? { ...clause, start } : clause;
  return { type: 'field', field: name as TextField, clause, start, end: clause.end };
}

function deeper(state: State, position: Lexeme, parse: () => Query): Query {
  if (++state.levels > limits.levels) throw tooDeep(position);
  const query = parse();
  state.levels--;
  return query;
}

function tooDeep({ start, end }: { start: number; end: number }): QueryError {
  return new QueryError(`More than ${limits.levels} levels`, { start, end }, 'use fewer parentheses');
}

/** What follows an operator; the operator is to blame where nothing does. */
function operand(
  state: State,
  operator: Lexeme | Omit<Lexeme, 'within' | 'ordered'>,
  parse: (state: State) => Query,
): Query {
  const next = peek(state);
  if (next === undefined || next.type === ')') {
    if (operator.type === '(')
      throw new QueryError('This "(" is never closed', operator, 'add ")" at its end');
    throw lonely(operator);
  }
  return parse(state);
}

function lonely({ type, text, start, end }: Omit<Lexeme, 'within' | 'ordered'>): QueryError {
  if (type === 'not')
    return new QueryError(`Nothing follows ${text}`, { start, end }, 'write the word to exclude behind it');
  return new QueryError(
    `${text} needs something on both sides`,
    { start, end },
    `add it, or write "${text}" for the word`,
  );
}

function group(type: 'and' | 'or', parts: readonly Query[]): Query {
  const [first] = parts;
  if (parts.length === 1) return first!;
  const clauses = parts.flatMap((part) => (part.type === type ? part.clauses : [part]));
  return { type, clauses, start: parts[0]!.start, end: parts.at(-1)!.end };
}

const peek = (state: State) => state.lexemes[state.at];

function take(state: State): Lexeme {
  return state.lexemes[state.at++]!;
}
