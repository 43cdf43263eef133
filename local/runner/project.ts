/** Where this project is, and the folder for what is fetched or built once and shared by all data folders. */
import { join } from 'node:path';

export const projectFolder = join(import.meta.dirname, '../..');
export const cacheFolder = join(projectFolder, '.tocsin');
