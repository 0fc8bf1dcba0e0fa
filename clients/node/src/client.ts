import { createHash, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";

import {
  create,
  fromBinary,
  toBinary,
  type DescMessage,
  type DescMethodUnary,
  type MessageInitShape,
  type MessageShape,
} from "@bufbuild/protobuf";
import { Client as Channel, Metadata, type CallOptions as GrpcCallOptions } from "@grpc/grpc-js";

import { connection, type ClientOptions } from "./connection.js";
import { CrossfootError, fromDocumentError, fromServiceError } from "./error.js";
import { DocumentSchema, type Document } from "./gen/crossfoot/v1/document_pb.js";
import {
  CreateDocumentRequestSchema,
  DocumentService,
  UploadDocumentRequestSchema,
  type UploadDocumentRequest,
  type DeleteDocumentRequestSchema,
  type GetDocumentRequestSchema,
  type ListDocumentsRequestSchema,
  type ListDocumentsResponse,
} from "./gen/crossfoot/v1/document_service_pb.js";
import {
  ExtractionService,
  type ExtractFiguresRequestSchema,
  type ExtractFiguresResponse,
} from "./gen/crossfoot/v1/extraction_service_pb.js";
import type { ReadingOptionsSchema } from "./gen/crossfoot/v1/reading_options_pb.js";
import {
  RuleService,
  type GetRuleRequestSchema,
  type ListRulePacksRequestSchema,
  type ListRulePacksResponse,
  type ListRulesRequestSchema,
  type ListRulesResponse,
  type Rule,
  type RulePack,
  type TestRulesRequestSchema,
  type TestRulesResponse,
} from "./gen/crossfoot/v1/rule_service_pb.js";
import {
  ValidateDocumentsRequestSchema,
  ValidateDocumentsResponseSchema,
  ValidationService,
  type ValidateDocumentRequestSchema,
  type ValidateDocumentResponse,
  type ValidateDocumentSetRequestSchema,
  type ValidateDocumentSetResponse,
} from "./gen/crossfoot/v1/validation_service_pb.js";

/** How one call is made. */
export interface CallOptions {
  /** Milliseconds that the call may take; when left out, those of the client, and any time for streams of reports. */
  timeoutMs?: number | undefined;
  /** Gives the call up. */
  signal?: AbortSignal | undefined;
}

/** What came of one report of a stream, by the id of its request. */
export type Outcome =
  | { readonly id: string; readonly result: ValidateDocumentResponse; readonly error?: undefined }
  | { readonly id: string; readonly result?: undefined; readonly error: CrossfootError };

type Init<Schema extends DescMessage> = MessageInitShape<Schema>;
type ReadingOptions = Init<typeof ReadingOptionsSchema>;

const CHUNK_BYTES = 1 << 20; // most that a message of an upload may carry
const TIMEOUT_MS = 60_000;

function serializer<Schema extends DescMessage>(schema: Schema): (message: MessageShape<Schema>) => Buffer {
  return (message) => {
    const bytes = toBinary(schema, message);
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  };
}

function deserializer<Schema extends DescMessage>(schema: Schema): (bytes: Buffer) => MessageShape<Schema> {
  return (bytes) => fromBinary(schema, bytes);
}

/**
 * A connection to a server, to be kept and closed.  Nothing is sent before the first call.
 *
 * Every method rejects with CrossfootError when its call fails.  Calls that may be repeated are, up to three times with
 * growing pauses while the server is UNAVAILABLE, within their timeout.
 */
export class Client {
  readonly #unary: Channel;
  readonly #streams: Channel;
  readonly #metadata = new Metadata();
  readonly #timeoutMs: number;

  /**
   * @param target "https://HOST:PORT" is spoken to through TLS, "http://HOST:PORT" is not.  "HOST:PORT" is, unless HOST
   *   is this machine (localhost, 127.0.0.1, [::1]) and no certificate is given.
   * @throws TypeError where the options do not fit together; what node:fs throws for a file that cannot be read.
   */
  constructor(target: string, options: ClientOptions = {}) {
    const { address, credentials, options: channelOptions } = connection(target, options);
    this.#unary = new Channel(address, credentials, channelOptions);
    // gRPC asks for more as soon as it has kept a message to send it again: a stream would not be held back by its
    // server.  Streams are not tried again, so they have a channel that keeps nothing.
    this.#streams = new Channel(address, credentials, {
      ...channelOptions,
      "grpc.enable_retries": 0,
      "grpc.per_rpc_retry_buffer_size": 0,
    });
    if (options.token !== undefined) this.#metadata.set("authorization", `Bearer ${options.token}`);
    this.#timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  }

  /** Ends the connection once the calls under way have ended. */
  close(): void {
    this.#unary.close();
    this.#streams.close();
  }

  /** Extracts the figures of a report and checks them.  A report that contradicts itself is a result with findings. */
  check(request: Init<typeof ValidateDocumentRequestSchema>, options?: CallOptions): Promise<ValidateDocumentResponse> {
    return this.#call(ValidationService.method.validateDocument, request, options);
  }

  /** Checks a report given as text. */
  checkText(text: string, reading: ReadingOptions = {}, options?: CallOptions): Promise<ValidateDocumentResponse> {
    return this.check({ document: { source: { case: "text", value: text } }, options: reading }, options);
  }

  /** Checks a report in a file, whose path is its uri.  Rejects with what node:fs says where it cannot be read. */
  async checkFile(path: string, reading: ReadingOptions = {}, options?: CallOptions): Promise<ValidateDocumentResponse> {
    const content = await readFile(path);
    return this.check({ document: { uri: path, source: { case: "content", value: content } }, options: reading }, options);
  }

  /**
   * Checks reports as they come and yields each outcome when it is ready, in any order.  What is wrong with one report
   * is its outcome; what is wrong with the stream is thrown, by `requests` too.  `requests` is read only as fast as the
   * server works, and a loop that is slow holds the server back.  Leaving the loop ends the call.
   */
  async *checkMany(
    requests:
      | Iterable<Init<typeof ValidateDocumentsRequestSchema>>
      | AsyncIterable<Init<typeof ValidateDocumentsRequestSchema>>,
    options: CallOptions = {},
  ): AsyncGenerator<Outcome, void, undefined> {
    options.signal?.throwIfAborted();
    const method = ValidationService.method.validateDocuments;
    const call = this.#streams.makeBidiStreamRequest(
      path(method),
      serializer(ValidateDocumentsRequestSchema),
      deserializer(ValidateDocumentsResponseSchema),
      this.#metadata,
      this.#grpcOptions(options.timeoutMs),
    );
    const release = cancelOn(options.signal, call);
    const sender = new Sender(call);
    let sent = 0;
    let all = false;
    let broken: { error: unknown } | undefined;
    const send = async (): Promise<void> => {
      try {
        for await (const request of requests) {
          // What becomes of the call is told by reading it.
          if (!(await sender.send(create(ValidateDocumentsRequestSchema, request)))) return;
          sent += 1;
        }
        all = true;
        call.end();
      } catch (error) {
        // What was not sent must not look like the end.
        broken = { error };
        call.cancel();
      }
    };
    // Nobody waits for its end: it may itself be waiting for the caller's iterable, which nobody can hurry.
    void send();
    try {
      let received = 0;
      for await (const { id, response } of call) {
        received += 1;
        if (response?.error) yield { id, error: fromDocumentError(response.error) };
        else if (response) yield { id, result: response };
        else throw new CrossfootError("a response without content", { code: "INTERNAL" });
      }
      if (!all || received !== sent) {
        throw new CrossfootError(`the server ended the stream after ${received} results of ${sent} reports`, {
          code: "INTERNAL",
        });
      }
    } catch (error) {
      if (broken) throw broken.error;
      options.signal?.throwIfAborted();
      throw fromServiceError(error);
    } finally {
      release();
      sender.end();
      call.cancel();
    }
  }

  /** Checks several reports, the oldest first, each by itself and against those before it. */
  checkSet(
    request: Init<typeof ValidateDocumentSetRequestSchema>,
    options?: CallOptions,
  ): Promise<ValidateDocumentSetResponse> {
    return this.#call(ValidationService.method.validateDocumentSet, request, options);
  }

  /** Reads the figures of a report without judging them. */
  extract(request: Init<typeof ExtractFiguresRequestSchema>, options?: CallOptions): Promise<ExtractFiguresResponse> {
    return this.#call(ExtractionService.method.extractFigures, request, options);
  }

  /** Stores a report.  A request without `requestId` gets one, so that a repeated attempt stores nothing twice. */
  createDocument(request: Init<typeof CreateDocumentRequestSchema>, options?: CallOptions): Promise<Document> {
    const requestId = request.requestId || randomUUID();
    return this.#call(DocumentService.method.createDocument, { ...request, requestId }, options);
  }

  /**
   * Stores the report that `content` gives, in pieces; the document of the request has no source.  Where `content`
   * throws, nothing is stored.
   */
  async uploadDocument(
    request: Init<typeof CreateDocumentRequestSchema>,
    content: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
    options: CallOptions = {},
  ): Promise<Document> {
    options.signal?.throwIfAborted();
    let settle: (outcome: { document: Document } | { error: unknown }) => void;
    const outcome = new Promise<{ document: Document } | { error: unknown }>((resolve) => (settle = resolve));
    const call = this.#streams.makeClientStreamRequest(
      path(DocumentService.method.uploadDocument),
      serializer(UploadDocumentRequestSchema),
      deserializer(DocumentSchema),
      this.#metadata,
      this.#grpcOptions(options.timeoutMs ?? this.#timeoutMs),
      (error, document) => settle(document === undefined ? { error } : { document }),
    );
    const release = cancelOn(options.signal, call);
    const sender = new Sender(call);
    const send = (part: UploadDocumentRequest["part"]): Promise<boolean> =>
      sender.send(create(UploadDocumentRequestSchema, { part }));
    try {
      const digest = createHash("sha256");
      let open = await send({ case: "create", value: create(CreateDocumentRequestSchema, request) });
      for await (const piece of content) {
        for (let start = 0; open && start < piece.length; start += CHUNK_BYTES) {
          const chunk = piece.subarray(start, start + CHUNK_BYTES);
          digest.update(chunk);
          open = await send({ case: "chunk", value: chunk });
        }
        if (!open) break; // the server has answered already, or the call has failed
      }
      if (open && (await send({ case: "sha256", value: digest.digest("hex") }))) call.end();
    } catch (error) {
      // The server sees an upload without its digest.
      call.cancel();
      throw error;
    } finally {
      release();
    }
    const ended = await outcome;
    if ("document" in ended) return ended.document;
    options.signal?.throwIfAborted();
    throw fromServiceError(ended.error);
  }

  /** Gives a stored report. */
  getDocument(request: Init<typeof GetDocumentRequestSchema>, options?: CallOptions): Promise<Document> {
    return this.#call(DocumentService.method.getDocument, request, options);
  }

  /** Gives one page of the stored reports, the latest first. */
  listDocuments(request: Init<typeof ListDocumentsRequestSchema> = {}, options?: CallOptions): Promise<ListDocumentsResponse> {
    return this.#call(DocumentService.method.listDocuments, request, options);
  }

  /** The stored reports of all pages, from the one that the request asks for; each page is fetched when it is needed. */
  async *documents(request: Init<typeof ListDocumentsRequestSchema> = {}, options?: CallOptions): AsyncGenerator<Document> {
    for await (const page of pages(request, (next) => this.listDocuments(next, options))) yield* page.documents;
  }

  /** Removes a stored report. */
  async deleteDocument(request: Init<typeof DeleteDocumentRequestSchema>, options?: CallOptions): Promise<void> {
    await this.#call(DocumentService.method.deleteDocument, request, options);
  }

  /** Gives one page of the rule packs in force. */
  listRulePacks(request: Init<typeof ListRulePacksRequestSchema> = {}, options?: CallOptions): Promise<ListRulePacksResponse> {
    return this.#call(RuleService.method.listRulePacks, request, options);
  }

  /** The rule packs of all pages, as `documents` gives documents. */
  async *rulePacks(request: Init<typeof ListRulePacksRequestSchema> = {}, options?: CallOptions): AsyncGenerator<RulePack> {
    for await (const page of pages(request, (next) => this.listRulePacks(next, options))) yield* page.rulePacks;
  }

  /** Gives one page of the rules in force. */
  listRules(request: Init<typeof ListRulesRequestSchema> = {}, options?: CallOptions): Promise<ListRulesResponse> {
    return this.#call(RuleService.method.listRules, request, options);
  }

  /** The rules of all pages, as `documents` gives documents. */
  async *rules(request: Init<typeof ListRulesRequestSchema> = {}, options?: CallOptions): AsyncGenerator<Rule> {
    for await (const page of pages(request, (next) => this.listRules(next, options))) yield* page.rules;
  }

  /** Gives a rule with its examples. */
  getRule(request: Init<typeof GetRuleRequestSchema>, options?: CallOptions): Promise<Rule> {
    return this.#call(RuleService.method.getRule, request, options);
  }

  /** Runs the examples of a pack that is not in force. */
  testRules(request: Init<typeof TestRulesRequestSchema>, options?: CallOptions): Promise<TestRulesResponse> {
    return this.#call(RuleService.method.testRules, request, options);
  }

  #grpcOptions(timeoutMs: number | undefined): GrpcCallOptions {
    return timeoutMs === undefined ? {} : { deadline: Date.now() + timeoutMs };
  }

  async #call<Input extends DescMessage, Output extends DescMessage>(
    method: DescMethodUnary<Input, Output>,
    request: Init<Input>,
    { timeoutMs = this.#timeoutMs, signal }: CallOptions = {},
  ): Promise<MessageShape<Output>> {
    signal?.throwIfAborted();
    const message = create(method.input, request);
    let release = (): void => {};
    try {
      return await new Promise<MessageShape<Output>>((resolve, reject) => {
        const call = this.#unary.makeUnaryRequest(
          path(method),
          serializer(method.input),
          deserializer(method.output),
          message,
          this.#metadata,
          this.#grpcOptions(timeoutMs),
          (error, response) => (response === undefined ? reject(error) : resolve(response)),
        );
        release = cancelOn(signal, call);
      });
    } catch (error) {
      signal?.throwIfAborted();
      throw fromServiceError(error);
    } finally {
      release();
    }
  }
}

function path(method: { parent: { typeName: string }; name: string }): string {
  return `/${method.parent.typeName}/${method.name}`;
}

/** Cancels the call when the signal says so; call what it returns when the call is over. */
function cancelOn(signal: AbortSignal | undefined, call: { cancel(): void }): () => void {
  const cancel = (): void => call.cancel();
  signal?.addEventListener("abort", cancel, { once: true });
  return () => signal?.removeEventListener("abort", cancel);
}

/** Sends the messages of a stream, each when there is room for it. */
class Sender<Message> {
  readonly #call: WritableCall<Message>;
  #ended = false;
  #settle: ((open: boolean) => void) | undefined;

  constructor(call: WritableCall<Message>) {
    this.#call = call;
    // gRPC leaves writes without an answer when the call ends.
    for (const event of ["status", "close", "error"]) call.on(event, () => this.end());
  }

  /** Waits until the message has gone its way; false when the call has ended. */
  send(message: Message): Promise<boolean> {
    return new Promise((resolve) => {
      this.#settle = resolve;
      if (this.#ended) resolve(false);
      else this.#call.write(message, (error?: Error | null) => resolve(!error));
    });
  }

  /** Nothing is sent any more. */
  end(): void {
    this.#ended = true;
    this.#settle?.(false);
  }
}

type WritableCall<Message> = NodeJS.EventEmitter & {
  write(message: Message, done: (error?: Error | null) => void): unknown;
};

async function* pages<Request extends { pageToken?: string }, Page extends { nextPageToken: string }>(
  request: Request,
  fetch: (request: Request) => Promise<Page>,
): AsyncGenerator<Page, void, undefined> {
  let next = request;
  while (true) {
    const page = await fetch(next);
    yield page;
    if (!page.nextPageToken) return;
    next = { ...next, pageToken: page.nextPageToken };
  }
}
