package dev.crossfoot;

import com.google.protobuf.ByteString;
import dev.crossfoot.v1.CreateDocumentRequest;
import dev.crossfoot.v1.Document;
import dev.crossfoot.v1.DocumentServiceGrpc;
import dev.crossfoot.v1.UploadDocumentRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** One call of UploadDocument: a message is sent when there is room for it. */
final class Upload implements ClientResponseObserver<UploadDocumentRequest, Document> {
  private ClientCallStreamObserver<UploadDocumentRequest> call;
  private Document document;
  private Throwable error;
  private boolean over;

  private Upload() {}

  static Document run(
      DocumentServiceGrpc.DocumentServiceStub stub, CreateDocumentRequest request, InputStream content, int chunkBytes)
      throws IOException {
    Upload upload = new Upload();
    stub.uploadDocument(upload);
    try {
      return upload.send(request, content, chunkBytes);
    } catch (IOException | RuntimeException e) {
      // The server sees an upload without its digest.
      upload.call.cancel("the upload failed", e);
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      upload.call.cancel("interrupted", e);
      throw CrossfootException.of(
          new StatusRuntimeException(Status.CANCELLED.withDescription("interrupted").withCause(e)));
    }
  }

  private Document send(CreateDocumentRequest request, InputStream content, int chunkBytes)
      throws IOException, InterruptedException {
    MessageDigest digest = sha256();
    boolean open = send(UploadDocumentRequest.newBuilder().setCreate(request));
    while (open) {
      byte[] chunk = content.readNBytes(chunkBytes);
      if (chunk.length == 0) {
        break;
      }
      digest.update(chunk);
      open = send(UploadDocumentRequest.newBuilder().setChunk(ByteString.copyFrom(chunk)));
    }
    if (open && send(UploadDocumentRequest.newBuilder().setSha256(hex(digest.digest())))) {
      call.onCompleted();
    }
    synchronized (this) {
      while (!over) {
        wait();
      }
      if (error != null) {
        throw CrossfootException.of(
            error instanceof StatusRuntimeException
                ? (StatusRuntimeException) error
                : Status.fromThrowable(error).asRuntimeException());
      }
      if (document == null) {
        throw CrossfootException.of(Status.INTERNAL.withDescription("no response").asRuntimeException());
      }
      return document;
    }
  }

  /** Waits for room; false when the server has answered already, or the call has failed. */
  private boolean send(UploadDocumentRequest.Builder message) throws InterruptedException {
    synchronized (this) {
      while (!over && !call.isReady()) {
        wait();
      }
      if (over) {
        return false;
      }
    }
    call.onNext(message.build());
    return true;
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<UploadDocumentRequest> started) {
    call = started;
    started.setOnReadyHandler(
        () -> {
          synchronized (this) {
            notifyAll();
          }
        });
  }

  @Override
  public synchronized void onNext(Document received) {
    document = received;
  }

  @Override
  public synchronized void onError(Throwable failure) {
    error = failure;
    over = true;
    notifyAll();
  }

  @Override
  public synchronized void onCompleted() {
    over = true;
    notifyAll();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  private static String hex(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte one : bytes) {
      text.append(String.format("%02x", one));
    }
    return text.toString();
  }
}
