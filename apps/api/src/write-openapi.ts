import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import { documentAlone } from './openapi/document-alone.ts';

/** Writes the OpenAPI document to the file that is named as the only parameter. */
const [, , file] = process.argv;
if (file === undefined) throw new Error('name the file to write to');
await writeFile(file, `${JSON.stringify(await documentAlone(), null, 2)}\n`);
