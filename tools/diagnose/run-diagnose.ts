import { visible, visibleJson } from '../../contract/shown.ts';
import type { CommandResult } from '../command-result.ts';
import { errorCodeOf } from '../error-code.ts';
import { type Answer, answerFor, hashOf } from './answer.ts';
import { askedBy, usage } from './asked.ts';
import { textOf } from './files.ts';
import { jsonFor } from './json.ts';
import { UnanswerableError } from './unanswerable.ts';
import { wordsFor } from './words.ts';

function answered(args: readonly string[]): string {
  const asked = askedBy(args);
  const texts = asked.files.map((file) => [file, textOf(file)] as const);
  if (asked.show === 'hash') return hashes(texts);
  const { accountId, organizationId, resourceArn, service, show } = asked;
  const owned = { accountId, organizationId, resourceArn, now: new Date() };
  const answers = texts.map(([file, text]) => answerFor(file, text, service, owned));
  switch (show) {
    case 'words':
      return wordsFor(answers);
    case 'json':
      return jsonFor(answers);
    case 'repaired':
      return answers.map(repairedText).join('\n');
    default:
      return show satisfies never;
  }
}

/** As sha256sum prints several; one stands alone, for a ticket to quote. */
function hashes(texts: readonly (readonly [string, string])[]): string {
  return texts
    .map(([file, text]) => {
      const hash = hashOf(text);
      if (hash === null) throw new UnanswerableError(`${file} is no policy, which is a JSON object`);
      return texts.length === 1 ? hash : `${hash}  ${visible(file)}`;
    })
    .join('\n');
}

function repairedText({ diagnosis, file, repaired }: Answer): string {
  switch (repaired?.kind) {
    case 'repair':
      return visibleJson(repaired.text);
    case 'not-needed':
      throw new UnanswerableError(`${file} needs no repair (${diagnosis.verdict})`);
    case 'none-safe':
      throw new UnanswerableError(`there is no safe repair of ${file}: ${repaired.why}`);
    case undefined:
      throw new UnanswerableError(`${file} is malformed: leave out --repaired to see what is wrong`);
    default:
      return repaired satisfies never;
  }
}

/**
 * Runs the command with these arguments; "-" among them reads the standard input.
 *
 * @throws whatever is a defect of ours: its trace is what we need
 */
export function runDiagnose(args: readonly string[]): CommandResult {
  try {
    return { status: 0, stdout: `${args.includes('--help') ? usage : answered(args)}\n`, stderr: '' };
  } catch (error) {
    const isUsage = errorCodeOf(error)?.startsWith('ERR_PARSE_ARGS_') ?? false;
    if (!isUsage && !(error instanceof UnanswerableError)) throw error;
    const { message } = error as Error;
    const help = isUsage || args.length === 0 ? `\n${usage}\n` : '';
    return { status: 2, stdout: '', stderr: `cannot diagnose: ${visible(message)}\n${help}` };
  }
}
