/**
 * Runs the cases of tests/conformance with the Node client: runner.js --servers=FILE --cases=FOLDER.  Prints a line a case
 * and exits 0 when none failed, 1 otherwise, 2 when it could not run.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { create, equals, fromJson, toJson, type DescMessage, type JsonValue, type Message } from "@bufbuild/protobuf";
import { EmptySchema } from "@bufbuild/protobuf/wkt";
import { reflect, type ReflectMessage } from "@bufbuild/protobuf/reflect";
import { Client, CrossfootError } from "crossfoot";
import * as v1 from "crossfoot/v1";

interface Server {
  target: string;
  ca_file?: string;
  certificate_file?: string;
  key_file?: string;
}

interface Servers {
  token: Record<string, string>;
  servers: Record<string, Server>;
}

interface Step {
  call: string;
  requests: JsonValue[];
}

interface Case extends Step {
  description: string;
  server: string;
  token?: string;
  deadline_ms?: number;
  before?: Step[];
  responses?: JsonValue[];
  error?: { code: string | string[]; reason?: string; metadata?: Record<string, string> };
  ignore?: string[];
}

const KEYS = ["description", "server", "token", "deadline_ms", "before", "call", "requests", "responses", "error", "ignore"];

interface Method {
  response: DescMessage;
  call(client: Client, request: JsonValue): Promise<Message>;
}

function method<Input extends DescMessage, Output extends DescMessage>(
  input: Input,
  response: Output,
  call: (client: Client, request: ReturnType<typeof fromJson<Input>>) => Promise<Message>,
): Method {
  return { response, call: (client, request) => call(client, fromJson(input, request)) };
}

const METHODS: Record<string, Method> = {
  ValidateDocument: method(v1.ValidateDocumentRequestSchema, v1.ValidateDocumentResponseSchema, (c, r) => c.check(r)),
  ValidateDocumentSet: method(v1.ValidateDocumentSetRequestSchema, v1.ValidateDocumentSetResponseSchema, (c, r) =>
    c.checkSet(r),
  ),
  ExtractFigures: method(v1.ExtractFiguresRequestSchema, v1.ExtractFiguresResponseSchema, (c, r) => c.extract(r)),
  CreateDocument: method(v1.CreateDocumentRequestSchema, v1.DocumentSchema, (c, r) => c.createDocument(r)),
  UploadDocument: method(v1.CreateDocumentRequestSchema, v1.DocumentSchema, (c, r) => {
    const { value = "" } = r.document?.source ?? {};
    if (r.document) r.document.source = { case: undefined };
    return c.uploadDocument(r, [typeof value === "string" ? Buffer.from(value) : value]);
  }),
  GetDocument: method(v1.GetDocumentRequestSchema, v1.DocumentSchema, (c, r) => c.getDocument(r)),
  ListDocuments: method(v1.ListDocumentsRequestSchema, v1.ListDocumentsResponseSchema, (c, r) => c.listDocuments(r)),
  DeleteDocument: method(v1.DeleteDocumentRequestSchema, EmptySchema, async (c, r) => {
    await c.deleteDocument(r);
    return create(EmptySchema);
  }),
  ListRulePacks: method(v1.ListRulePacksRequestSchema, v1.ListRulePacksResponseSchema, (c, r) => c.listRulePacks(r)),
  ListRules: method(v1.ListRulesRequestSchema, v1.ListRulesResponseSchema, (c, r) => c.listRules(r)),
  GetRule: method(v1.GetRuleRequestSchema, v1.RuleSchema, (c, r) => c.getRule(r)),
  TestRules: method(v1.TestRulesRequestSchema, v1.TestRulesResponseSchema, (c, r) => c.testRules(r)),
};

const STREAM = "ValidateDocuments";

function responseSchema(call: string): DescMessage {
  const schema = call === STREAM ? v1.ValidateDocumentsResponseSchema : METHODS[call]?.response;
  if (!schema) throw new Error(`unknown method ${call}`);
  return schema;
}

/** What the method answered; the messages of a stream in the order of their ids. */
async function run(client: Client, { call, requests }: Step, timeoutMs: number): Promise<Message[]> {
  if (call !== STREAM) {
    const known = METHODS[call];
    const [request] = requests;
    if (!known || request === undefined || requests.length !== 1) throw new Error(`${call}: unknown, or not one request`);
    return [await known.call(client, request)];
  }
  const messages = requests.map((request) => fromJson(v1.ValidateDocumentsRequestSchema, request));
  const got: v1.ValidateDocumentsResponse[] = [];
  for await (const { id, result, error } of client.checkMany(messages, { timeoutMs })) {
    // Cases say what programs go by, not the words for people.
    const response = error ? { error: { reason: error.reason, metadata: { ...error.metadata } } } : result;
    got.push(create(v1.ValidateDocumentsResponseSchema, { id, response }));
  }
  return byId(got);
}

function byId(messages: v1.ValidateDocumentsResponse[]): v1.ValidateDocumentsResponse[] {
  return messages.sort((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id)));
}

/** Clears the field at the end of the path, in every element of what is repeated. */
function clear(message: ReflectMessage, [name, ...rest]: string[]): void {
  const field = message.fields.find((known) => known.name === name);
  if (!field) throw new Error(`${message.desc.typeName} has no field ${name}`);
  if (rest.length === 0) message.clear(field);
  else if (!message.isSet(field)) return;
  else if (field.fieldKind === "message") clear(message.get(field), rest);
  else if (field.fieldKind === "list" && field.listKind === "message") {
    for (const element of message.get(field)) clear(element as ReflectMessage, rest);
  } else throw new Error(`${field} holds no messages`);
}

/** What is wrong; undefined when the case is as wanted. */
async function judge(wanted: Case, { token, servers }: Servers): Promise<string | undefined> {
  const server = servers[wanted.server];
  if (!server) throw new Error(`no server ${wanted.server}`);
  const timeoutMs = wanted.deadline_ms ?? 10_000;
  const client = new Client(server.target, {
    token: wanted.token && token[wanted.token],
    caFile: server.ca_file,
    certificateFile: server.certificate_file,
    keyFile: server.key_file,
    timeoutMs,
  });
  try {
    for (const step of wanted.before ?? []) await run(client, step, timeoutMs);
    const got = await run(client, wanted, timeoutMs);
    const schema = responseSchema(wanted.call);
    const show = (messages: Message[]): string => JSON.stringify(messages.map((message) => toJson(schema, message)));
    if (wanted.error) return `got ${show(got)}, wanted ${JSON.stringify(wanted.error)}`;
    let expected: Message[] = (wanted.responses ?? []).map((response) => fromJson(schema, response));
    if (wanted.call === STREAM) expected = byId(expected as v1.ValidateDocumentsResponse[]);
    for (const message of [...got, ...expected]) {
      for (const path of wanted.ignore ?? []) clear(reflect(schema, message), path.split("."));
    }
    const same = got.length === expected.length && got.every((message, index) => equals(schema, message, expected[index]!));
    return same ? undefined : `got ${show(got)}, wanted ${show(expected)}`;
  } catch (error) {
    if (!(error instanceof CrossfootError)) throw error;
    const { code = "", reason, metadata, message } = error;
    const same =
      wanted.error !== undefined &&
      [wanted.error.code].flat().includes(code) &&
      reason === (wanted.error.reason ?? "") &&
      Object.entries(wanted.error.metadata ?? {}).every(([key, value]) => metadata[key] === value);
    const got = JSON.stringify({ code, reason, metadata, message });
    return same ? undefined : `got ${got}, wanted ${JSON.stringify(wanted.error ?? wanted.responses)}`;
  } finally {
    client.close();
  }
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { servers: { type: "string" }, cases: { type: "string" } } });
  if (values.servers === undefined || values.cases === undefined) throw new Error("--servers and --cases are needed");
  const servers = JSON.parse(readFileSync(values.servers, "utf8")) as Servers;
  const files = readdirSync(values.cases).filter((file) => file.endsWith(".json")).sort();
  if (files.length === 0) throw new Error(`${values.cases}: no case`);
  let failed = 0;
  for (const file of files) {
    const wanted = JSON.parse(readFileSync(join(values.cases, file), "utf8")) as Case;
    const unknown = Object.keys(wanted).find((key) => !KEYS.includes(key));
    if (unknown !== undefined) throw new Error(`${file}: unknown key ${unknown}`);
    const name = file.slice(0, -".json".length);
    const wrong = await judge(wanted, servers);
    if (wrong !== undefined) failed += 1;
    console.log(wrong === undefined ? `ok ${name}` : `FAIL ${name}: ${wrong}`);
  }
  return failed > 0 ? 1 : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error("runner:", error);
  process.exitCode = 2;
}
