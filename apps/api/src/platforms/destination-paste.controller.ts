import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { destinationSplitSchema, parseDestinationBodySchema } from '#control';
import type { DestinationSplit, ParseDestinationBody } from '#control';
import { NetError, parseDestinationUrl } from '#net';
import { parseDestinationPaste, platforms } from '#platforms';
import { Requires } from '../auth/requires.ts';
import { NotRepeated } from '../idempotency/not-repeated.ts';
import { fieldsAtFault, type ProblemError } from '../problem/problem-error.ts';
import { Answers, Refuses } from '../web/answers.ts';

const EXAMPLE: DestinationSplit = {
  platform: 'youtube',
  scheme: 'rtmps',
  host: 'b.rtmps.youtube.com',
  port: 443,
  app: 'live2?backup=1',
  url: 'rtmps://b.rtmps.youtube.com:443/live2?backup=1',
  backupUrl: null,
  streamKey: 'abcd-1234',
  warnings: [],
};

/**
 * Shows how a paste is read before anything is saved. Nothing of it is stored or logged: the key
 * goes back to who sent it, and nowhere else.
 */
@ApiTags('destinations')
@Controller('destinations')
export class DestinationPasteController {
  @Requires('destinations:write')
  @NotRepeated()
  @Post('parse')
  @Answers(200, destinationSplitSchema, EXAMPLE)
  @Refuses(422, {
    URL_MISSING: 'There is no server URL in this: it begins with rtmp:// or rtmps://.',
    KEY_MISSING: 'The stream key is missing: paste it behind the server URL, or on its own line.',
    PASTE_UNREADABLE: 'Several words could be the stream key: paste server URL and key alone.',
  })
  parse(@Body({ schema: parseDestinationBodySchema }) { text, platform }: ParseDestinationBody) {
    const result = parseDestinationPaste(text, platforms, platform);
    if (!result.ok) throw refusal(result.code, result.message);
    try {
      parseDestinationUrl(result.split.url);
    } catch (thrown) {
      if (thrown instanceof NetError) throw refusal(thrown.code, thrown.message);
      throw thrown;
    }
    return result.split;
  }
}

function refusal(code: string, message: string): ProblemError {
  return fieldsAtFault([{ field: 'text', code, message }]);
}
