package dev.crossfoot;

import dev.crossfoot.v1.ValidateDocumentsRequest;
import dev.crossfoot.v1.ValidateDocumentsResponse;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * What came of the reports of {@link CrossfootClient#checkMany}, in the order in which they were done.  For one thread.
 * Whoever takes none holds back the server and the reading of requests.
 */
public final class CheckResults implements Iterator<CheckOutcome>, AutoCloseable {
  private final ClientCall<ValidateDocumentsRequest, ValidateDocumentsResponse> call;
  private final Iterator<ValidateDocumentsRequest> requests;
  private final Object lock = new Object();
  // Of the lock.
  private ValidateDocumentsResponse next;
  private Status status;
  private Metadata trailers;
  private RuntimeException broken;
  private boolean allSent;
  private long sent;
  private long received;

  CheckResults(
      ClientCall<ValidateDocumentsRequest, ValidateDocumentsResponse> call, Iterator<ValidateDocumentsRequest> requests) {
    this.call = call;
    this.requests = requests;
    call.start(new Listener(), new Metadata());
    call.request(1);
    Thread sender = new Thread(this::send, "crossfoot-check-many");
    sender.setDaemon(true);
    sender.start();
  }

  private final class Listener extends ClientCall.Listener<ValidateDocumentsResponse> {
    @Override
    public void onMessage(ValidateDocumentsResponse message) {
      synchronized (lock) {
        next = message;
        received++;
        lock.notifyAll();
      }
    }

    @Override
    public void onReady() {
      synchronized (lock) {
        lock.notifyAll();
      }
    }

    @Override
    public void onClose(Status closed, Metadata with) {
      synchronized (lock) {
        status = closed;
        trailers = with;
        lock.notifyAll();
      }
    }
  }

  private void send() {
    try {
      while (requests.hasNext()) {
        ValidateDocumentsRequest request = requests.next();
        synchronized (lock) {
          while (status == null && !call.isReady()) {
            lock.wait();
          }
          if (status != null) {
            return;
          }
          sent++;
        }
        call.sendMessage(request);
      }
      synchronized (lock) {
        allSent = true;
      }
      call.halfClose();
    } catch (RuntimeException | InterruptedException e) {
      synchronized (lock) {
        // What was not sent must not look like the end.  A call that has ended says itself why.
        if (status == null) {
          broken = e instanceof RuntimeException ? (RuntimeException) e : new IllegalStateException(e);
        }
      }
      call.cancel("the requests failed", e);
    }
  }

  /**
   * Waits for a result.
   *
   * @return whether there is one; false after the last one
   * @throws CrossfootException when the stream broke; what the requests threw, when they did
   */
  @Override
  public boolean hasNext() {
    synchronized (lock) {
      try {
        while (next == null && status == null) {
          lock.wait();
        }
        if (next != null) {
          return true;
        }
        if (broken == null && !status.isOk()) {
          throw CrossfootException.of(status, trailers, null);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        call.cancel("interrupted", e);
        throw CrossfootException.of(Status.CANCELLED.withDescription("interrupted"), new Metadata(), e);
      }
      if (broken != null) {
        throw broken;
      }
      if (!allSent || sent != received) {
        throw CrossfootException.of(
            Status.INTERNAL.withDescription(
                "the server ended the stream after " + received + " results of " + sent + " reports"),
            new Metadata(), null);
      }
      return false;
    }
  }

  @Override
  public CheckOutcome next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    ValidateDocumentsResponse message;
    synchronized (lock) {
      message = next;
      next = null;
    }
    // The next one is asked for only now: gRPC holds the server back until then.
    call.request(1);
    return new CheckOutcome(message);
  }

  /** Gives up what is under way.  Without effect after the last result. */
  @Override
  public void close() {
    call.cancel("closed by the caller", null);
  }
}
