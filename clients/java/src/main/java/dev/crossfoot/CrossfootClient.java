package dev.crossfoot;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import com.google.protobuf.ByteString;
import dev.crossfoot.v1.CreateDocumentRequest;
import dev.crossfoot.v1.DeleteDocumentRequest;
import dev.crossfoot.v1.Document;
import dev.crossfoot.v1.DocumentServiceGrpc;
import dev.crossfoot.v1.ExtractFiguresRequest;
import dev.crossfoot.v1.ExtractFiguresResponse;
import dev.crossfoot.v1.ExtractionServiceGrpc;
import dev.crossfoot.v1.GetDocumentRequest;
import dev.crossfoot.v1.GetRuleRequest;
import dev.crossfoot.v1.ListDocumentsRequest;
import dev.crossfoot.v1.ListDocumentsResponse;
import dev.crossfoot.v1.ListRulePacksRequest;
import dev.crossfoot.v1.ListRulePacksResponse;
import dev.crossfoot.v1.ListRulesRequest;
import dev.crossfoot.v1.ListRulesResponse;
import dev.crossfoot.v1.ReadingOptions;
import dev.crossfoot.v1.Rule;
import dev.crossfoot.v1.RulePack;
import dev.crossfoot.v1.RuleServiceGrpc;
import dev.crossfoot.v1.TestRulesRequest;
import dev.crossfoot.v1.TestRulesResponse;
import dev.crossfoot.v1.ValidateDocumentRequest;
import dev.crossfoot.v1.ValidateDocumentResponse;
import dev.crossfoot.v1.ValidateDocumentSetRequest;
import dev.crossfoot.v1.ValidateDocumentSetResponse;
import dev.crossfoot.v1.ValidateDocumentsRequest;
import dev.crossfoot.v1.ValidationServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A connection to a server, to be kept and closed.  Nothing is sent before the first call.  Safe to share between threads.
 *
 * <p>Every call ends by the earlier of its timeout and the deadline of {@link io.grpc.Context}; {@link #checkMany} has no
 * timeout of its own.  Calls that may be repeated are, up to three times with growing pauses while the server is
 * UNAVAILABLE, within their timeout.  A call that fails throws {@link CrossfootException}.
 */
public final class CrossfootClient implements AutoCloseable {
  private static final int CHUNK_BYTES = 1 << 20; // most that a message of an upload may carry
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final ManagedChannel calls;
  private final ManagedChannel streams;
  private final Metadata headers = new Metadata();
  private final Duration timeout;

  private CrossfootClient(Builder builder) throws IOException {
    boolean certificates = builder.caFile != null || builder.certificateFile != null;
    Target target = Target.parse(builder.target, certificates);
    if (builder.token != null) {
      // Blanks and line breaks would end the header or begin another one.
      if (!builder.token.matches("[!-~]+")) {
        throw new IllegalArgumentException("the token is empty or holds characters that no token has");
      }
      if (!target.tls && !target.loopback) {
        throw new IllegalArgumentException("refused to send a token to " + target.address + " unencrypted; use https://");
      }
      headers.put(AUTHORIZATION, "Bearer " + builder.token);
    }
    timeout = builder.timeout;
    ChannelCredentials credentials = target.tls ? builder.tls() : InsecureChannelCredentials.create();
    calls =
        channel(target, credentials)
            .defaultServiceConfig(serviceConfig())
            .enableRetry()
            // What is larger than these buffers is never tried again.
            .retryBufferSize(Integer.MAX_VALUE)
            .perRpcBufferLimit(Integer.MAX_VALUE)
            .build();
    // What is kept to send it again would pile up; streams are not tried again, so their channel keeps nothing.
    streams = channel(target, credentials).disableRetry().build();
  }

  private static ManagedChannelBuilder<?> channel(Target target, ChannelCredentials credentials) {
    ManagedChannelBuilder<?> channel =
        Grpc.newChannelBuilder(target.uri(), credentials)
            // What the DNS says of the service does not replace the file.
            .disableServiceConfigLookUp()
            .userAgent("crossfoot-java/" + version())
            // Results have no fixed bound: each figure of a long report with its evidence.
            .maxInboundMessageSize(Integer.MAX_VALUE)
            // A server that is gone without a word ends a stream that has no deadline.
            .keepAliveTime(60, TimeUnit.SECONDS)
            .keepAliveTimeout(20, TimeUnit.SECONDS);
    if (target.loopback) {
      // This machine is reached without a proxy, also by a token.
      channel.proxyDetector(address -> null);
    }
    return channel;
  }

  private static Map<String, ?> serviceConfig() throws IOException {
    try (InputStream file = CrossfootClient.class.getResourceAsStream("service_config.json");
        InputStreamReader reader = new InputStreamReader(file, StandardCharsets.UTF_8)) {
      return new Gson().fromJson(reader, new TypeToken<Map<String, Object>>() {}.getType());
    }
  }

  /**
   * The release of this client.
   *
   * @return "0.1.0"
   */
  public static String version() {
    Properties properties = new Properties();
    try (InputStream file = CrossfootClient.class.getResourceAsStream("version.properties")) {
      properties.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }

  /**
   * Begins a client.
   *
   * @param target "https://HOST:PORT" is spoken to through TLS, "http://HOST:PORT" is not; "HOST:PORT" is, unless HOST is
   *     this machine (localhost, 127.0.0.1, [::1]) and no certificate is given
   * @return what the client is made with
   */
  public static Builder builder(String target) {
    return new Builder(target);
  }

  /**
   * Makes a client without token and certificates.
   *
   * @param target as for {@link #builder}
   * @return the client
   */
  public static CrossfootClient connect(String target) {
    try {
      return builder(target).build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How a server is reached. */
  public static final class Builder {
    private final String target;
    private String token;
    private Path caFile;
    private Path certificateFile;
    private Path keyFile;
    private Duration timeout = Duration.ofSeconds(60);

    private Builder(String target) {
      this.target = target;
    }

    /**
     * Shows who is calling; never sent unencrypted to another machine.
     *
     * @param token the token
     * @return this
     */
    public Builder token(String token) {
      this.token = token;
      return this;
    }

    /**
     * Trusts the authorities in a file instead of the usual ones.
     *
     * @param caFile a PEM file
     * @return this
     */
    public Builder caFile(Path caFile) {
      this.caFile = caFile;
      return this;
    }

    /**
     * Shows a certificate to a server that asks for one.
     *
     * @param certificateFile a PEM file: the certificate and its chain
     * @param keyFile a PEM file: its key, PKCS #8
     * @return this
     */
    public Builder certificate(Path certificateFile, Path keyFile) {
      this.certificateFile = certificateFile;
      this.keyFile = keyFile;
      return this;
    }

    /**
     * Bounds a call, attempts that fail included; 60 s when nothing is said.
     *
     * @param timeout how long a call may take
     * @return this
     */
    public Builder timeout(Duration timeout) {
      this.timeout = timeout;
      return this;
    }

    /**
     * Makes the client.
     *
     * @return it
     * @throws IOException when a file cannot be read or holds no certificate
     * @throws IllegalArgumentException when target, token and certificates do not fit together
     */
    public CrossfootClient build() throws IOException {
      return new CrossfootClient(this);
    }

    private ChannelCredentials tls() throws IOException {
      TlsChannelCredentials.Builder credentials = TlsChannelCredentials.newBuilder();
      if (caFile != null) {
        credentials.trustManager(caFile.toFile());
      }
      if (certificateFile != null) {
        credentials.keyManager(certificateFile.toFile(), keyFile.toFile());
      }
      return credentials.build();
    }
  }

  /** Gives up the calls under way and ends the connection. */
  @Override
  public void close() {
    calls.shutdownNow();
    streams.shutdownNow();
  }

  /**
   * Extracts the figures of a report and checks them.
   *
   * @param request the report and how to read it
   * @return what was found; a report that contradicts itself has findings
   */
  public ValidateDocumentResponse check(ValidateDocumentRequest request) {
    return call(() -> stub(ValidationServiceGrpc.newBlockingStub(calls)).validateDocument(request));
  }

  /**
   * Checks a report given as text.
   *
   * @param text the report
   * @return what was found
   */
  public ValidateDocumentResponse checkText(String text) {
    return checkText(text, ReadingOptions.getDefaultInstance());
  }

  /**
   * Checks a report given as text.
   *
   * @param text the report
   * @param options how to read it
   * @return what was found
   */
  public ValidateDocumentResponse checkText(String text, ReadingOptions options) {
    Document document = Document.newBuilder().setText(text).build();
    return check(ValidateDocumentRequest.newBuilder().setDocument(document).setOptions(options).build());
  }

  /**
   * Checks a report in a file, whose path is its uri.
   *
   * @param path the file
   * @return what was found
   * @throws IOException when the file cannot be read
   */
  public ValidateDocumentResponse checkFile(Path path) throws IOException {
    return checkFile(path, ReadingOptions.getDefaultInstance());
  }

  /**
   * Checks a report in a file, whose path is its uri.
   *
   * @param path the file
   * @param options how to read it
   * @return what was found
   * @throws IOException when the file cannot be read
   */
  public ValidateDocumentResponse checkFile(Path path, ReadingOptions options) throws IOException {
    ByteString content = ByteString.copyFrom(Files.readAllBytes(path));
    Document document = Document.newBuilder().setUri(path.toString()).setContent(content).build();
    return check(ValidateDocumentRequest.newBuilder().setDocument(document).setOptions(options).build());
  }

  /**
   * Checks reports as they come and gives each outcome when it is done, in any order.
   *
   * @param requests read by another thread, and only as fast as the server works; after a failure it may be asked once more
   * @return the outcomes, to be closed
   */
  public CheckResults checkMany(Iterator<ValidateDocumentsRequest> requests) {
    return new CheckResults(
        ClientInterceptors.intercept(streams, MetadataUtils.newAttachHeadersInterceptor(headers))
            .newCall(ValidationServiceGrpc.getValidateDocumentsMethod(), CallOptions.DEFAULT),
        requests);
  }

  /**
   * Checks several reports, the oldest first, each by itself and against those before it.
   *
   * @param request the reports and how to read them
   * @return what was found in each
   */
  public ValidateDocumentSetResponse checkSet(ValidateDocumentSetRequest request) {
    return call(() -> stub(ValidationServiceGrpc.newBlockingStub(calls)).validateDocumentSet(request));
  }

  /**
   * Reads the figures of a report without judging them.
   *
   * @param request the report and how to read it
   * @return the figures
   */
  public ExtractFiguresResponse extract(ExtractFiguresRequest request) {
    return call(() -> stub(ExtractionServiceGrpc.newBlockingStub(calls)).extractFigures(request));
  }

  /**
   * Stores a report.
   *
   * @param request the report; without request_id it gets one, so that a repeated attempt stores nothing twice
   * @return what is stored
   */
  public Document createDocument(CreateDocumentRequest request) {
    CreateDocumentRequest repeatable =
        request.getRequestId().isEmpty()
            ? request.toBuilder().setRequestId(UUID.randomUUID().toString()).build()
            : request;
    return call(() -> stub(DocumentServiceGrpc.newBlockingStub(calls)).createDocument(repeatable));
  }

  /**
   * Stores a report in pieces, so that no more than one is held at a time.
   *
   * @param request as for {@link #createDocument}; its document has no source
   * @param content the report
   * @return what is stored
   * @throws IOException when the content cannot be read; nothing is stored then
   */
  public Document uploadDocument(CreateDocumentRequest request, InputStream content) throws IOException {
    return Upload.run(stub(DocumentServiceGrpc.newStub(streams)), request, content, CHUNK_BYTES);
  }

  /**
   * Gives a stored report.
   *
   * @param request its name, and what of it is wanted
   * @return the report
   */
  public Document getDocument(GetDocumentRequest request) {
    return call(() -> stub(DocumentServiceGrpc.newBlockingStub(calls)).getDocument(request));
  }

  /**
   * Gives one page of the stored reports, the latest first.
   *
   * @param request which page of which reports
   * @return the page
   */
  public ListDocumentsResponse listDocuments(ListDocumentsRequest request) {
    return call(() -> stub(DocumentServiceGrpc.newBlockingStub(calls)).listDocuments(request));
  }

  /**
   * Gives the stored reports of all pages, each page fetched when it is needed.
   *
   * @param request the first page
   * @return the reports
   */
  public Iterable<Document> documents(ListDocumentsRequest request) {
    Function<String, ListDocumentsResponse> page =
        token -> listDocuments(request.toBuilder().setPageToken(token).build());
    return () ->
        new PageIterator<>(
            request.getPageToken(), page, r -> r.getDocumentsList().iterator(), ListDocumentsResponse::getNextPageToken);
  }

  /**
   * Removes a stored report.
   *
   * @param request its name
   */
  public void deleteDocument(DeleteDocumentRequest request) {
    call(() -> stub(DocumentServiceGrpc.newBlockingStub(calls)).deleteDocument(request));
  }

  /**
   * Gives one page of the rule packs in force.
   *
   * @param request which page
   * @return the page
   */
  public ListRulePacksResponse listRulePacks(ListRulePacksRequest request) {
    return call(() -> stub(RuleServiceGrpc.newBlockingStub(calls)).listRulePacks(request));
  }

  /**
   * Gives the rule packs of all pages, each page fetched when it is needed.
   *
   * @param request the first page
   * @return the rule packs
   */
  public Iterable<RulePack> rulePacks(ListRulePacksRequest request) {
    Function<String, ListRulePacksResponse> page =
        token -> listRulePacks(request.toBuilder().setPageToken(token).build());
    return () ->
        new PageIterator<>(
            request.getPageToken(), page, r -> r.getRulePacksList().iterator(), ListRulePacksResponse::getNextPageToken);
  }

  /**
   * Gives one page of the rules in force.
   *
   * @param request which page of which rules
   * @return the page
   */
  public ListRulesResponse listRules(ListRulesRequest request) {
    return call(() -> stub(RuleServiceGrpc.newBlockingStub(calls)).listRules(request));
  }

  /**
   * Gives the rules of all pages, each page fetched when it is needed.
   *
   * @param request the first page
   * @return the rules
   */
  public Iterable<Rule> rules(ListRulesRequest request) {
    Function<String, ListRulesResponse> page = token -> listRules(request.toBuilder().setPageToken(token).build());
    return () ->
        new PageIterator<>(
            request.getPageToken(), page, r -> r.getRulesList().iterator(), ListRulesResponse::getNextPageToken);
  }

  /**
   * Gives a rule with its examples.
   *
   * @param request its name
   * @return the rule
   */
  public Rule getRule(GetRuleRequest request) {
    return call(() -> stub(RuleServiceGrpc.newBlockingStub(calls)).getRule(request));
  }

  /**
   * Runs the examples of a pack that is not in force.
   *
   * @param request the pack
   * @return what the examples gave
   */
  public TestRulesResponse testRules(TestRulesRequest request) {
    return call(() -> stub(RuleServiceGrpc.newBlockingStub(calls)).testRules(request));
  }

  private <S extends AbstractStub<S>> S stub(S stub) {
    return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
        .withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static <T> T call(Supplier<T> method) {
    try {
      return method.get();
    } catch (StatusRuntimeException e) {
      throw CrossfootException.of(e);
    }
  }
}
