import { randomUUID } from 'node:crypto';

/**
 * Does work whose output is not ours: names and messages from AWS may begin a line with `::` or hold `##[`, which
 * would command the runner. Meanwhile it obeys nothing but a token that nobody can guess.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#stopping-and-starting-workflow-commands
 *
 * @param write to the stream that all output of the work goes to: the runner reads two streams in no certain order
 */
export async function withoutCommands<T>(write: (text: string) => void, work: () => Promise<T>): Promise<T> {
  const token = randomUUID();
  write(`::stop-commands::${token}\n`);
  try {
    return await work();
  } finally {
    // On a line of its own, wherever the work has stopped.
    write(`\n::${token}::\n`);
  }
}
