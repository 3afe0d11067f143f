import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const elsewhere = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/**
 * Path of a Chromium: CHROMIUM_PATH, or the first of its usual names on the PATH. Throws with the words how to install
 * one: a test that needs a browser never passes without it.
 */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string {
  const { CHROMIUM_PATH: given, PATH: path = '' } = environment;
  if (given !== undefined) {
    if (!existsSync(given)) throw new Error(`CHROMIUM_PATH is ${given}, and nothing is there`);
    return given;
  }
  const places = path.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  const found = [...places, ...elsewhere].find((place) => existsSync(place));
  if (found === undefined) {
    throw new Error(
      'No Chromium was found. Install one (Debian and Ubuntu: sudo apt-get install chromium), or set CHROMIUM_PATH to the program.',
    );
  }
  return found;
}
