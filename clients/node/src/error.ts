import { fromBinary } from "@bufbuild/protobuf";
import { anyUnpack, type Any } from "@bufbuild/protobuf/wkt";
import { Metadata, status, type ServiceError } from "@grpc/grpc-js";

import type { DocumentError } from "./gen/crossfoot/v1/document_error_pb.js";
import { ErrorInfoSchema, RetryInfoSchema } from "./gen/google/rpc/error_details_pb.js";
import { StatusSchema } from "./gen/google/rpc/status_pb.js";

/** The name of a gRPC status code: "INVALID_ARGUMENT". */
export type CodeName = keyof typeof status;

const DOMAIN = "crossfoot.dev";

// What grpc-js calls an internal error: Node 18 ends a stream whose connection breaks before grpc-js hears of it, and
// the next message is written after that end.  This package itself writes none after its own.
const WRITTEN_AFTER_LOSS = "Write error: write after end";

/** Why a call, or one document of a stream, has no result. */
export class CrossfootError extends Error {
  override readonly name = "CrossfootError";
  /** The status of the call; undefined for one document of a stream, which goes on. */
  readonly code: CodeName | undefined;
  /**
   * The name of an ErrorReason without its prefix, "DOCUMENT_EMPTY".  Empty where the service itself did not answer:
   * nobody listens, the connection broke, the deadline passed on the way.
   */
  readonly reason: string;
  /** Details, by the keys that ErrorReason names. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Milliseconds after which a busy server asks to be called again; undefined where it does not ask for it. */
  readonly retryDelayMs: number | undefined;

  constructor(
    message: string,
    details: {
      code?: CodeName | undefined;
      reason?: string;
      metadata?: Readonly<Record<string, string>>;
      retryDelayMs?: number | undefined;
      cause?: unknown;
    } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = details.code;
    this.reason = details.reason ?? "";
    this.metadata = details.metadata ?? {};
    this.retryDelayMs = details.retryDelayMs;
  }
}

/** The error of a call that failed with `error`; what is none of gRPC's is given back as it is. */
export function fromServiceError(error: unknown): unknown {
  if (!(error instanceof Error) || !("metadata" in error) || !(error.metadata instanceof Metadata)) return error;
  const failed = error as ServiceError;
  let reason = "";
  let metadata: Record<string, string> = {};
  let retryDelayMs: number | undefined;
  for (const detail of details(failed)) {
    const info = anyUnpack(detail, ErrorInfoSchema);
    if (info?.domain === DOMAIN) ({ reason, metadata } = info);
    const delay = anyUnpack(detail, RetryInfoSchema)?.retryDelay;
    if (delay) retryDelayMs = Number(delay.seconds) * 1000 + delay.nanos / 1e6;
  }
  const lost = failed.code === status.INTERNAL && failed.details === WRITTEN_AFTER_LOSS;
  const code = lost ? "UNAVAILABLE" : ((status[failed.code] ?? "UNKNOWN") as CodeName);
  return new CrossfootError(failed.details, { code, reason, metadata, retryDelayMs, cause: error });
}

function details(error: ServiceError): Any[] {
  const [packed] = error.metadata.get("grpc-status-details-bin");
  if (!(packed instanceof Uint8Array)) return [];
  try {
    const { code, details } = fromBinary(StatusSchema, packed);
    // Details that belong to another status: somebody between us and the server changed it.
    return code === error.code ? details : [];
  } catch {
    return [];
  }
}

/** The error of one document of a stream. */
export function fromDocumentError(error: DocumentError): CrossfootError {
  return new CrossfootError(error.message, { reason: error.reason, metadata: error.metadata });
}
