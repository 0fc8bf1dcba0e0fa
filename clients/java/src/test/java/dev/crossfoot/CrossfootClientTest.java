package dev.crossfoot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.crossfoot.v1.CitedFigure;
import dev.crossfoot.v1.CreateDocumentRequest;
import dev.crossfoot.v1.Document;
import dev.crossfoot.v1.DocumentError;
import dev.crossfoot.v1.DocumentServiceGrpc;
import dev.crossfoot.v1.Figure;
import dev.crossfoot.v1.Finding;
import dev.crossfoot.v1.ListRulesRequest;
import dev.crossfoot.v1.ListRulesResponse;
import dev.crossfoot.v1.ReadingOptions;
import dev.crossfoot.v1.Rule;
import dev.crossfoot.v1.RuleServiceGrpc;
import dev.crossfoot.v1.UploadDocumentRequest;
import dev.crossfoot.v1.ValidateDocumentRequest;
import dev.crossfoot.v1.ValidateDocumentResponse;
import dev.crossfoot.v1.ValidateDocumentsRequest;
import dev.crossfoot.v1.ValidateDocumentsResponse;
import dev.crossfoot.v1.ValidationServiceGrpc;
import dev.crossfoot.v1.View;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class CrossfootClientTest {
  // What the server does; each test sets what it calls.
  private BiConsumer<ValidateDocumentRequest, StreamObserver<ValidateDocumentResponse>> validate;
  private Function<StreamObserver<ValidateDocumentsResponse>, StreamObserver<ValidateDocumentsRequest>> stream;
  private BiConsumer<CreateDocumentRequest, StreamObserver<Document>> create;
  private Function<StreamObserver<Document>, StreamObserver<UploadDocumentRequest>> upload;
  private Function<ListRulesRequest, ListRulesResponse> rules;
  private volatile Metadata headers;

  private Server server;
  private CrossfootClient client;

  private CrossfootClient serve() throws IOException {
    return serve(builder -> builder);
  }

  private CrossfootClient serve(Function<CrossfootClient.Builder, CrossfootClient.Builder> options) throws IOException {
    server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .maxInboundMessageSize(Integer.MAX_VALUE)
            .addService(
                new ValidationServiceGrpc.ValidationServiceImplBase() {
                  @Override
                  public void validateDocument(
                      ValidateDocumentRequest request, StreamObserver<ValidateDocumentResponse> observer) {
                    validate.accept(request, observer);
                  }

                  @Override
                  public StreamObserver<ValidateDocumentsRequest> validateDocuments(
                      StreamObserver<ValidateDocumentsResponse> observer) {
                    return stream.apply(observer);
                  }
                })
            .addService(
                new DocumentServiceGrpc.DocumentServiceImplBase() {
                  @Override
                  public void createDocument(CreateDocumentRequest request, StreamObserver<Document> observer) {
                    create.accept(request, observer);
                  }

                  @Override
                  public StreamObserver<UploadDocumentRequest> uploadDocument(StreamObserver<Document> observer) {
                    return upload.apply(observer);
                  }
                })
            .addService(
                new RuleServiceGrpc.RuleServiceImplBase() {
                  @Override
                  public void listRules(ListRulesRequest request, StreamObserver<ListRulesResponse> observer) {
                    observer.onNext(rules.apply(request));
                    observer.onCompleted();
                  }
                })
            .intercept(
                new ServerInterceptor() {
                  @Override
                  public <A, B> ServerCall.Listener<A> interceptCall(
                      ServerCall<A, B> call, Metadata with, ServerCallHandler<A, B> next) {
                    headers = with;
                    return Contexts.interceptCall(Context.current(), call, with, next);
                  }
                })
            .build()
            .start();
    client = options.apply(CrossfootClient.builder("127.0.0.1:" + server.getPort())).build();
    return client;
  }

  @AfterEach
  void end() {
    if (client != null) {
      client.close();
    }
    if (server != null) {
      server.shutdownNow();
    }
  }

  private static <T> void answer(StreamObserver<T> observer, T response) {
    observer.onNext(response);
    observer.onCompleted();
  }

  @Test
  void refusesWhatWouldShowTheToken() throws IOException {
    for (String target : List.of("http://figures.example.org:50051", "http://192.0.2.1:80")) {
      CrossfootClient.Builder builder = CrossfootClient.builder(target).token("secret");
      String message = assertThrows(IllegalArgumentException.class, builder::build).getMessage();
      assertFalse(message.contains("secret"), message);
    }
    for (String target : List.of("https://figures.example.org:443", "figures.example.org:443", "http://[::1]:50051")) {
      CrossfootClient.builder(target).token("secret").build().close();
    }
    CrossfootClient.Builder twoWords = CrossfootClient.builder("localhost:1").token("two words");
    assertThrows(IllegalArgumentException.class, twoWords::build);
  }

  @Test
  void refusesFilesThatAreNone(@TempDir Path folder) {
    CrossfootClient.Builder missing = CrossfootClient.builder("localhost:1").caFile(folder.resolve("gone.pem"));
    assertThrows(IOException.class, missing::build);
  }

  @Test
  void sendsTokenAndVersion() throws IOException {
    validate = (request, observer) -> answer(observer, ValidateDocumentResponse.getDefaultInstance());
    serve(builder -> builder.token("secret")).checkText("…");
    assertEquals(
        "Bearer secret", headers.get(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER)));
    String agent = headers.get(Metadata.Key.of("user-agent", Metadata.ASCII_STRING_MARSHALLER));
    assertTrue(agent.startsWith("crossfoot-java/" + CrossfootClient.version() + " "), agent);
    assertTrue(CrossfootClient.version().matches("\\d+\\.\\d+\\.\\d+"), CrossfootClient.version());
  }

  @Test
  void errorHasReasonAndDetails() throws IOException {
    com.google.rpc.Status status =
        com.google.rpc.Status.newBuilder()
            .setCode(Status.Code.RESOURCE_EXHAUSTED.value())
            .setMessage("too busy")
            .addDetails(Any.pack(ErrorInfo.newBuilder().setDomain("example.org").setReason("NOT_OURS").build()))
            .addDetails(
                Any.pack(
                    ErrorInfo.newBuilder()
                        .setDomain("crossfoot.dev")
                        .setReason("SERVER_BUSY")
                        .putMetadata("limit", "calls")
                        .build()))
            .addDetails(
                Any.pack(
                    RetryInfo.newBuilder()
                        .setRetryDelay(com.google.protobuf.Duration.newBuilder().setSeconds(1).setNanos(500_000_000))
                        .build()))
            .build();
    validate = (request, observer) -> observer.onError(StatusProto.toStatusRuntimeException(status));
    serve();
    CrossfootException error = assertThrows(CrossfootException.class, () -> client.checkText("…"));
    assertEquals(Status.Code.RESOURCE_EXHAUSTED, error.code());
    assertEquals("SERVER_BUSY", error.reason());
    assertEquals(Map.of("limit", "calls"), error.metadata());
    assertEquals(Optional.of(Duration.ofMillis(1500)), error.retryDelay());
    assertEquals("SERVER_BUSY: too busy", error.getMessage());
  }

  @Test
  void triesAgainWithTheWholeRequest() throws IOException {
    ByteString large = ByteString.copyFrom(new byte[12 << 20]);
    AtomicInteger attempts = new AtomicInteger();
    validate =
        (request, observer) -> {
          if (attempts.incrementAndGet() < 3) {
            observer.onError(Status.UNAVAILABLE.asRuntimeException());
            return;
          }
          assertEquals(large, request.getDocument().getContent());
          // Larger than what gRPC receives by default.
          Document document = Document.newBuilder().setContent(ByteString.copyFrom(new byte[8 << 20])).build();
          answer(observer, ValidateDocumentResponse.newBuilder().setDocument(document).build());
        };
    ValidateDocumentRequest request =
        ValidateDocumentRequest.newBuilder().setDocument(Document.newBuilder().setContent(large)).build();
    assertEquals(8 << 20, serve().check(request).getDocument().getContent().size());
    assertEquals(3, attempts.get());
  }

  @Test
  void timeoutAndContextEndACall() throws IOException {
    validate = (request, observer) -> {};
    serve(builder -> builder.timeout(Duration.ofMillis(100)));
    CrossfootException late = assertThrows(CrossfootException.class, () -> client.checkText("…"));
    assertEquals(Status.Code.DEADLINE_EXCEEDED, late.code());
    assertEquals("", late.reason());
    Context.CancellableContext context = Context.current().withCancellation();
    context.cancel(null);
    context.run(
        () ->
            assertEquals(
                Status.Code.CANCELLED, assertThrows(CrossfootException.class, () -> client.checkText("…")).code()));
  }

  @Test
  void checkFileSendsTheBytes(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("报告.txt");
    Files.writeString(file, "\ufeff增长");
    List<ValidateDocumentRequest> seen = Collections.synchronizedList(new ArrayList<>());
    validate =
        (request, observer) -> {
          seen.add(request);
          answer(observer, ValidateDocumentResponse.getDefaultInstance());
        };
    serve().checkFile(file, ReadingOptions.newBuilder().setView(View.VIEW_SUMMARY).build());
    assertEquals(file.toString(), seen.get(0).getDocument().getUri());
    assertEquals("\ufeff增长", seen.get(0).getDocument().getContent().toStringUtf8());
    assertEquals(View.VIEW_SUMMARY, seen.get(0).getOptions().getView());
    assertThrows(NoSuchFileException.class, () -> client.checkFile(folder.resolve("gone.txt")));
  }

  private static ValidateDocumentsRequest request(String id) {
    return ValidateDocumentsRequest.newBuilder().setId(id).build();
  }

  private static ValidateDocumentsResponse answer(String id) {
    return ValidateDocumentsResponse.newBuilder()
        .setId(id)
        .setResponse(ValidateDocumentResponse.getDefaultInstance())
        .build();
  }

  /** Answers each request at once; ends as `end` says after the request with the id `last`, or with the requests. */
  private static StreamObserver<ValidateDocumentsRequest> answering(
      StreamObserver<ValidateDocumentsResponse> observer, String last, Runnable end) {
    return new StreamObserver<>() {
      @Override
      public void onNext(ValidateDocumentsRequest request) {
        ValidateDocumentsResponse.Builder response = answer(request.getId()).toBuilder();
        if (request.getId().equals("bad")) {
          response.getResponseBuilder()
              .setError(DocumentError.newBuilder().setReason("DOCUMENT_EMPTY").putMetadata("a", "b"));
        }
        observer.onNext(response.build());
        if (request.getId().equals(last)) {
          end.run();
        }
      }

      @Override
      public void onError(Throwable error) {}

      @Override
      public void onCompleted() {
        if (last == null) {
          observer.onCompleted();
        }
      }
    };
  }

  @Test
  void checkManyGivesResultsAndErrorsOfDocuments() throws IOException {
    stream = observer -> answering(observer, null, null);
    try (CheckResults results = serve().checkMany(List.of(request("good"), request("bad")).iterator())) {
      CheckOutcome good = results.next();
      assertEquals("good", good.id());
      assertEquals(ValidateDocumentResponse.getDefaultInstance(), good.result());
      CheckOutcome bad = results.next();
      assertEquals("bad", bad.id());
      assertEquals("DOCUMENT_EMPTY", assertThrows(CrossfootException.class, bad::result).reason());
      assertEquals(Map.of("a", "b"), bad.error().orElseThrow().metadata());
      assertFalse(results.hasNext());
    }
  }

  @Test
  void checkManyTakesNoShortStreamForAWholeOne() throws IOException {
    List<Function<StreamObserver<ValidateDocumentsResponse>, Runnable>> ends =
        List.of(
            observer -> observer::onCompleted, observer -> () -> observer.onError(Status.UNAVAILABLE.asException()));
    for (Function<StreamObserver<ValidateDocumentsResponse>, Runnable> end : ends) {
      stream = observer -> answering(observer, "1", end.apply(observer));
      try (CheckResults results = serve().checkMany(List.of(request("1"), request("2")).iterator())) {
        assertEquals("1", results.next().id());
        assertThrows(CrossfootException.class, results::hasNext);
        assertThrows(CrossfootException.class, results::hasNext);
      }
      end();
    }
  }

  @Test
  void checkManyEndsWithTheErrorOfTheRequests() throws IOException {
    stream = observer -> answering(observer, null, null);
    RuntimeException broken = new IllegalStateException("the disk is gone");
    Iterator<ValidateDocumentsRequest> requests =
        new Iterator<>() {
          private boolean first = true;

          @Override
          public boolean hasNext() {
            return true;
          }

          @Override
          public ValidateDocumentsRequest next() {
            if (!first) {
              throw broken;
            }
            first = false;
            return request("1");
          }
        };
    try (CheckResults results = serve().checkMany(requests)) {
      assertSame(
          broken,
          assertThrows(
              RuntimeException.class,
              () -> {
                while (results.hasNext()) {
                  results.next();
                }
              }));
    }
  }

  @Test
  void checkManyReadsNoFurtherThanTheServer() throws Exception {
    CountDownLatch cancelled = new CountDownLatch(1);
    stream =
        observer -> {
          ServerCallStreamObserver<ValidateDocumentsResponse> call =
              (ServerCallStreamObserver<ValidateDocumentsResponse>) observer;
          call.disableAutoRequest(); // takes nothing
          call.setOnCancelHandler(cancelled::countDown);
          return answering(observer, null, null);
        };
    ValidateDocumentsRequest large =
        ValidateDocumentsRequest.newBuilder()
            .setRequest(
                ValidateDocumentRequest.newBuilder()
                    .setDocument(Document.newBuilder().setContent(ByteString.copyFrom(new byte[1 << 20]))))
            .build();
    AtomicInteger asked = new AtomicInteger();
    Iterator<ValidateDocumentsRequest> requests =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return true;
          }

          @Override
          public ValidateDocumentsRequest next() {
            asked.incrementAndGet();
            return large;
          }
        };
    try (CheckResults results = serve().checkMany(requests)) {
      int before;
      do { // until nothing moves
        before = asked.get();
        Thread.sleep(300);
      } while (before == 0 || asked.get() != before && asked.get() < 100);
      assertTrue(asked.get() < 10, asked + " requests were read though the server took none");
    }
    assertTrue(cancelled.await(10, TimeUnit.SECONDS), "the call goes on after close()");
  }

  @Test
  void createDocumentMayBeRepeated() throws IOException {
    List<String> ids = Collections.synchronizedList(new ArrayList<>());
    create =
        (request, observer) -> {
          ids.add(request.getRequestId());
          if (ids.size() == 1) {
            observer.onError(Status.UNAVAILABLE.asRuntimeException());
          } else {
            answer(observer, Document.newBuilder().setName("documents/stored").build());
          }
        };
    serve().createDocument(CreateDocumentRequest.newBuilder().setDocumentId("stored").build());
    assertEquals(2, ids.size());
    assertEquals(ids.get(0), ids.get(1));
    assertEquals(36, ids.get(0).length());
    client.createDocument(CreateDocumentRequest.newBuilder().setRequestId("own").build());
    assertEquals("own", ids.get(2));
  }

  /** Collects the parts; answers at the end. */
  private StreamObserver<UploadDocumentRequest> collecting(
      StreamObserver<Document> observer, List<UploadDocumentRequest> parts, CountDownLatch failed) {
    return new StreamObserver<>() {
      @Override
      public void onNext(UploadDocumentRequest part) {
        parts.add(part);
      }

      @Override
      public void onError(Throwable error) {
        failed.countDown();
      }

      @Override
      public void onCompleted() {
        answer(observer, Document.newBuilder().setName("documents/stored").build());
      }
    };
  }

  @Test
  void uploadDocumentSendsEveryByteAndTheDigest() throws Exception {
    byte[] content = "0123456789".repeat(250_000).getBytes(StandardCharsets.US_ASCII);
    List<UploadDocumentRequest> parts = Collections.synchronizedList(new ArrayList<>());
    upload = observer -> collecting(observer, parts, new CountDownLatch(1));
    CreateDocumentRequest request = CreateDocumentRequest.newBuilder().setDocumentId("stored").build();
    Document document = serve().uploadDocument(request, new ByteArrayInputStream(content));
    assertEquals("documents/stored", document.getName());
    assertEquals(request, parts.get(0).getCreate());
    ByteString joined = ByteString.EMPTY;
    for (UploadDocumentRequest part : parts.subList(1, parts.size() - 1)) {
      joined = joined.concat(part.getChunk());
    }
    assertEquals(ByteString.copyFrom(content), joined);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
    assertEquals(
        new java.math.BigInteger(1, digest), new java.math.BigInteger(parts.get(parts.size() - 1).getSha256(), 16));
    assertEquals(64, parts.get(parts.size() - 1).getSha256().length());
  }

  @Test
  void uploadDocumentTellsWhatWentWrong() throws Exception {
    List<UploadDocumentRequest> parts = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch failed = new CountDownLatch(1);
    upload = observer -> collecting(observer, parts, failed);
    IOException broken = new IOException("the disk is gone");
    InputStream half =
        new SequenceInputStream(
            new ByteArrayInputStream(new byte[10]),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw broken;
              }
            });
    serve();
    assertSame(
        broken,
        assertThrows(
            IOException.class, () -> client.uploadDocument(CreateDocumentRequest.getDefaultInstance(), half)));
    assertTrue(failed.await(10, TimeUnit.SECONDS), "the server does not see the end");
    for (UploadDocumentRequest part : parts) {
      assertNotEquals(UploadDocumentRequest.PartCase.SHA256, part.getPartCase());
    }

    upload =
        observer -> {
          observer.onError(Status.PERMISSION_DENIED.asRuntimeException());
          return collecting(observer, new ArrayList<>(), new CountDownLatch(1));
        };
    InputStream large = new ByteArrayInputStream(new byte[8 << 20]);
    CrossfootException refused =
        assertThrows(
            CrossfootException.class, () -> client.uploadDocument(CreateDocumentRequest.getDefaultInstance(), large));
    assertEquals(Status.Code.PERMISSION_DENIED, refused.code());
  }

  @Test
  void rulesAsksForEveryPage() throws IOException {
    Map<String, String> next = Map.of("", "b", "b", "c", "c", "");
    rules =
        request ->
            ListRulesResponse.newBuilder()
                .addRules(Rule.newBuilder().setName(request.getRulePack() + request.getPageToken()))
                .setNextPageToken(next.get(request.getPageToken()))
                .build();
    List<String> names = new ArrayList<>();
    for (Rule rule : serve().rules(ListRulesRequest.newBuilder().setRulePack("p/").build())) {
      names.add(rule.getName());
    }
    assertEquals(List.of("p/", "p/b", "p/c"), names);
  }

  @Test
  void placesAreThoseOfTheFiguresOfTheFinding() {
    Figure own = Figure.newBuilder().setId("f1").build();
    Figure earlier = Figure.newBuilder().setId("h1").build();
    ValidateDocumentResponse result =
        ValidateDocumentResponse.newBuilder()
            .setDocument(Document.newBuilder().setUri("new.txt"))
            .addFigures(own)
            .addFigures(Figure.newBuilder().setId("f2"))
            .addCitedFigures(CitedFigure.newBuilder().setDocumentUri("old.txt").setFigure(earlier))
            .build();
    Finding finding = Finding.newBuilder().addFigureIds("h1").addFigureIds("f1").addFigureIds("gone").build();
    List<Place> places = Place.of(result, finding);
    assertEquals(2, places.size());
    assertEquals("old.txt", places.get(0).documentUri());
    assertSame(earlier, places.get(0).figure());
    assertEquals("new.txt", places.get(1).documentUri());
    assertSame(own, places.get(1).figure());
  }
}
