package dev.crossfoot;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.crossfoot.v1.DocumentError;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Why a call, or one document of a stream, has no result. */
public final class CrossfootException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final String DOMAIN = "crossfoot.dev";

  private final Status.Code code;
  private final String reason;
  private final transient Map<String, String> metadata;
  private final Duration retryDelay;

  private CrossfootException(
      Status.Code code, String reason, String message, Map<String, String> metadata, Duration retryDelay,
      Throwable cause) {
    super((reason.isEmpty() ? code : reason) + ": " + message, cause);
    this.code = code;
    this.reason = reason;
    this.metadata = Map.copyOf(metadata);
    this.retryDelay = retryDelay;
  }

  static CrossfootException of(StatusRuntimeException error) {
    Metadata trailers = error.getTrailers();
    return of(error.getStatus(), trailers == null ? new Metadata() : trailers, error);
  }

  static CrossfootException of(Status status, Metadata trailers, Throwable cause) {
    String reason = "";
    Map<String, String> metadata = Map.of();
    Duration retryDelay = null;
    try {
      com.google.rpc.Status details = StatusProto.fromStatusAndTrailers(status, trailers);
      for (Any detail : details.getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          ErrorInfo info = detail.unpack(ErrorInfo.class);
          if (info.getDomain().equals(DOMAIN)) {
            reason = info.getReason();
            metadata = info.getMetadataMap();
          }
        } else if (detail.is(RetryInfo.class)) {
          com.google.protobuf.Duration delay = detail.unpack(RetryInfo.class).getRetryDelay();
          retryDelay = Duration.ofSeconds(delay.getSeconds(), delay.getNanos());
        }
      }
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      // Details that are none, or belong to another status: somebody between us and the server changed them.
      reason = "";
      metadata = Map.of();
      retryDelay = null;
    }
    String message = status.getDescription() == null ? "" : status.getDescription();
    return new CrossfootException(status.getCode(), reason, message, metadata, retryDelay, cause);
  }

  static CrossfootException of(DocumentError error) {
    return new CrossfootException(
        Status.Code.UNKNOWN, error.getReason(), error.getMessage(), error.getMetadataMap(), null, null);
  }

  /**
   * The status of the call.
   *
   * @return the code; UNKNOWN for one document of a stream, which has a reason alone
   */
  public Status.Code code() {
    return code;
  }

  /**
   * What programs go by.
   *
   * @return the name of a {@link dev.crossfoot.v1.ErrorReason} without its prefix, "DOCUMENT_EMPTY"; empty where the
   *     service itself did not answer: nobody listens, the connection broke, the deadline passed on the way
   */
  public String reason() {
    return reason;
  }

  /**
   * Details.
   *
   * @return them, by the keys that {@link dev.crossfoot.v1.ErrorReason} names
   */
  public Map<String, String> metadata() {
    return metadata == null ? Map.of() : metadata;
  }

  /**
   * How long a busy server asks to be left alone.
   *
   * @return the time, where the server says it
   */
  public Optional<Duration> retryDelay() {
    return Optional.ofNullable(retryDelay);
  }
}
