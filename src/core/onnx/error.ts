import { Budget } from '../budget.ts';
import { words, type Words } from '../words/words.ts';

/** What a graph cannot give, and where. */
export interface GraphProblem {
  /** One clear sentence without its full stop. */
  readonly detail: string;
  /** The operator concerned, as the file names it. */
  readonly op?: string;
  /** The place of the attention concerned, counted from 0 in the order of the graph. */
  readonly layer?: number;
  /** `file`: the bytes are no readable ONNX model; `attention`: they are, but their attention cannot be had. */
  readonly about: 'file' | 'attention';
}

/** Thrown when an ONNX file cannot be read or its attention cannot be exposed. */
export class GraphError extends Error {
  readonly problem: GraphProblem;

  constructor(problem: GraphProblem, options?: { cause?: unknown }) {
    super(problem.detail, options);
    this.name = 'GraphError';
    this.problem = problem;
  }
}

/** What is wrong with a graph, in the words of the table. */
type Detail = (says: Words['details']['graph']) => string;

/** A GraphError about the bytes of the file. */
export function unreadable(detail: Detail, cause?: unknown): GraphError {
  const problem: GraphProblem = { about: 'file', detail: detail(words().details.graph) };
  return new GraphError(problem, cause === undefined ? undefined : { cause });
}

/**
 * Steps that one file may take to be read and searched: a field is one, a name some. GPT-2 (3,069 nodes) takes 111,000;
 * all of them take less than a second.
 */
export const maxSteps = 8_000_000;

/** The budget of one file. */
export function graphBudget(): Budget {
  return new Budget(maxSteps, () => unreadable((says) => says.large));
}

/** A GraphError about attention that is there but cannot be exposed. */
export function unexposable(detail: Detail, where: { op?: string; layer?: number } = {}): GraphError {
  return new GraphError({ about: 'attention', detail: detail(words().details.graph), ...where });
}
