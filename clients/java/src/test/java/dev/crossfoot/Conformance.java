package dev.crossfoot;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Empty;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.crossfoot.v1.CreateDocumentRequest;
import dev.crossfoot.v1.DeleteDocumentRequest;
import dev.crossfoot.v1.Document;
import dev.crossfoot.v1.DocumentError;
import dev.crossfoot.v1.ExtractFiguresRequest;
import dev.crossfoot.v1.GetDocumentRequest;
import dev.crossfoot.v1.GetRuleRequest;
import dev.crossfoot.v1.ListDocumentsRequest;
import dev.crossfoot.v1.ListRulePacksRequest;
import dev.crossfoot.v1.ListRulesRequest;
import dev.crossfoot.v1.TestRulesRequest;
import dev.crossfoot.v1.ValidateDocumentRequest;
import dev.crossfoot.v1.ValidateDocumentResponse;
import dev.crossfoot.v1.ValidateDocumentSetRequest;
import dev.crossfoot.v1.ValidateDocumentsRequest;
import dev.crossfoot.v1.ValidateDocumentsResponse;
import io.grpc.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs the cases of tests/conformance with the Java client: --servers=FILE --cases=FOLDER. Prints a line a case and exits 0
 * when none failed, 1 otherwise, 2 when it could not run.
 */
final class Conformance {
  private static final Set<String> KEYS =
      Set.of("description", "server", "token", "deadline_ms", "before", "call", "requests", "responses", "error", "ignore");
  private static final ScheduledExecutorService TIMER =
      Executors.newSingleThreadScheduledExecutor(
          run -> {
            Thread thread = new Thread(run);
            thread.setDaemon(true);
            return thread;
          });

  private interface Method {
    Message call(CrossfootClient client, String json) throws IOException;
  }

  private static final Map<String, Method> METHODS =
      Map.ofEntries(
          Map.entry("ValidateDocument", (c, j) -> c.check(parse(j, ValidateDocumentRequest.newBuilder()).build())),
          Map.entry("ValidateDocumentSet", (c, j) -> c.checkSet(parse(j, ValidateDocumentSetRequest.newBuilder()).build())),
          Map.entry("ExtractFigures", (c, j) -> c.extract(parse(j, ExtractFiguresRequest.newBuilder()).build())),
          Map.entry("CreateDocument", (c, j) -> c.createDocument(parse(j, CreateDocumentRequest.newBuilder()).build())),
          Map.entry("UploadDocument", Conformance::upload),
          Map.entry("GetDocument", (c, j) -> c.getDocument(parse(j, GetDocumentRequest.newBuilder()).build())),
          Map.entry("ListDocuments", (c, j) -> c.listDocuments(parse(j, ListDocumentsRequest.newBuilder()).build())),
          Map.entry("DeleteDocument", Conformance::delete),
          Map.entry("ListRulePacks", (c, j) -> c.listRulePacks(parse(j, ListRulePacksRequest.newBuilder()).build())),
          Map.entry("ListRules", (c, j) -> c.listRules(parse(j, ListRulesRequest.newBuilder()).build())),
          Map.entry("GetRule", (c, j) -> c.getRule(parse(j, GetRuleRequest.newBuilder()).build())),
          Map.entry("TestRules", (c, j) -> c.testRules(parse(j, TestRulesRequest.newBuilder()).build())));

  private Conformance() {}

  private static <B extends Message.Builder> B parse(String json, B builder) throws InvalidProtocolBufferException {
    JsonFormat.parser().merge(json, builder);
    return builder;
  }

  private static Message upload(CrossfootClient client, String json) throws IOException {
    CreateDocumentRequest.Builder request = parse(json, CreateDocumentRequest.newBuilder());
    Document.Builder document = request.getDocumentBuilder();
    ByteString content = document.hasText() ? document.getTextBytes() : document.getContent();
    document.clearSource();
    return client.uploadDocument(request.build(), content.newInput());
  }

  private static Message delete(CrossfootClient client, String json) throws IOException {
    client.deleteDocument(parse(json, DeleteDocumentRequest.newBuilder()).build());
    return Empty.getDefaultInstance();
  }

  private static List<Message> run(CrossfootClient client, JsonObject step, Duration deadline) throws IOException {
    String name = step.get("call").getAsString();
    JsonArray requests = step.getAsJsonArray("requests");
    if (!name.equals("ValidateDocuments")) {
      if (requests.size() != 1 || !METHODS.containsKey(name)) {
        throw new IllegalArgumentException(name + ": unknown, or not one request");
      }
      return List.of(METHODS.get(name).call(client, requests.get(0).toString()));
    }
    List<ValidateDocumentsRequest> messages = new ArrayList<>();
    for (JsonElement request : requests) {
      messages.add(parse(request.toString(), ValidateDocumentsRequest.newBuilder()).build());
    }
    Context.CancellableContext context =
        Context.current().withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS, TIMER);
    Context previous = context.attach();
    try (CheckResults results = client.checkMany(messages.iterator())) {
      List<Message> got = new ArrayList<>();
      while (results.hasNext()) {
        CheckOutcome outcome = results.next();
        // Cases say what programs go by, not the words for people.
        ValidateDocumentResponse response =
            outcome.error().isEmpty()
                ? outcome.result()
                : ValidateDocumentResponse.newBuilder()
                    .setError(
                        DocumentError.newBuilder()
                            .setReason(outcome.error().get().reason())
                            .putAllMetadata(outcome.error().get().metadata()))
                    .build();
        got.add(ValidateDocumentsResponse.newBuilder().setId(outcome.id()).setResponse(response).build());
      }
      return got;
    } finally {
      context.detach(previous);
      context.cancel(null);
    }
  }

  private static List<Message> ordered(List<Message> messages) {
    if (messages.stream().allMatch(ValidateDocumentsResponse.class::isInstance)) {
      messages = new ArrayList<>(messages);
      messages.sort(Comparator.comparing(message -> ((ValidateDocumentsResponse) message).getId()));
    }
    return messages;
  }

  /** Clears the field at the end of the path, in every element of what is repeated. */
  private static void clear(Message.Builder message, List<String> path) {
    FieldDescriptor field = message.getDescriptorForType().findFieldByName(path.get(0));
    List<String> rest = path.subList(1, path.size());
    if (rest.isEmpty()) {
      message.clearField(field);
    } else if (field.isRepeated()) {
      for (int index = 0; index < message.getRepeatedFieldCount(field); index++) {
        clear(message.getRepeatedFieldBuilder(field, index), rest);
      }
    } else if (message.hasField(field)) {
      clear(message.getFieldBuilder(field), rest);
    }
  }

  private static List<Message> without(List<Message> messages, JsonObject wanted) {
    return messages.stream()
        .map(
            message -> {
              Message.Builder builder = message.toBuilder();
              if (wanted.has("ignore")) {
                wanted.getAsJsonArray("ignore").forEach(
                    path -> clear(builder, Arrays.asList(path.getAsString().split("\\."))));
              }
              return builder.build();
            })
        .collect(Collectors.toList());
  }

  private static String show(List<Message> messages) {
    return messages.stream()
        .map(
            message -> {
              try {
                return JsonFormat.printer().omittingInsignificantWhitespace().print(message);
              } catch (InvalidProtocolBufferException e) {
                throw new UncheckedIOException(e);
              }
            })
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static boolean same(CrossfootException got, JsonObject wanted) {
    JsonElement code = wanted.get("code");
    List<String> codes = new ArrayList<>();
    if (code.isJsonArray()) {
      code.getAsJsonArray().forEach(one -> codes.add(one.getAsString()));
    } else {
      codes.add(code.getAsString());
    }
    Map<String, String> metadata = new TreeMap<>();
    if (wanted.has("metadata")) {
      wanted.getAsJsonObject("metadata").entrySet().forEach(one -> metadata.put(one.getKey(), one.getValue().getAsString()));
    }
    return codes.contains(got.code().name())
        && got.reason().equals(wanted.has("reason") ? wanted.get("reason").getAsString() : "")
        && got.metadata().entrySet().containsAll(metadata.entrySet());
  }

  /** What is wrong; null when the case is as wanted. */
  private static String judge(JsonObject wanted, JsonObject known) throws IOException {
    JsonObject server = known.getAsJsonObject("servers").getAsJsonObject(wanted.get("server").getAsString());
    Duration deadline = Duration.ofMillis(wanted.has("deadline_ms") ? wanted.get("deadline_ms").getAsLong() : 10_000);
    CrossfootClient.Builder builder = CrossfootClient.builder(server.get("target").getAsString()).timeout(deadline);
    if (wanted.has("token")) {
      builder.token(known.getAsJsonObject("token").get(wanted.get("token").getAsString()).getAsString());
    }
    if (server.has("ca_file")) {
      builder.caFile(Path.of(server.get("ca_file").getAsString()));
    }
    if (server.has("certificate_file")) {
      builder.certificate(
          Path.of(server.get("certificate_file").getAsString()), Path.of(server.get("key_file").getAsString()));
    }
    try (CrossfootClient client = builder.build()) {
      if (wanted.has("before")) {
        for (JsonElement step : wanted.getAsJsonArray("before")) {
          run(client, step.getAsJsonObject(), deadline);
        }
      }
      List<Message> got = without(ordered(run(client, wanted, deadline)), wanted);
      if (wanted.has("error")) {
        return "got " + show(got) + ", wanted " + wanted.get("error");
      }
      Message.Builder form = got.isEmpty() ? ValidateDocumentsResponse.newBuilder() : got.get(0).newBuilderForType();
      List<Message> expected = new ArrayList<>();
      for (JsonElement response : wanted.getAsJsonArray("responses")) {
        expected.add(parse(response.toString(), form.clone().clear()).build());
      }
      expected = without(ordered(expected), wanted);
      return got.equals(expected) ? null : "got " + show(got) + ", wanted " + show(expected);
    } catch (CrossfootException e) {
      return wanted.has("error") && same(e, wanted.getAsJsonObject("error"))
          ? null
          : "got " + e.code() + " " + e.getMessage() + " " + e.metadata() + ", wanted "
              + (wanted.has("error") ? wanted.get("error") : wanted.get("responses"));
    }
  }

  private static int run(Path serversFile, Path folder) throws IOException {
    JsonObject servers = JsonParser.parseString(Files.readString(serversFile)).getAsJsonObject();
    List<Path> files;
    try (Stream<Path> listed = Files.list(folder)) {
      files = listed.filter(file -> file.toString().endsWith(".json")).sorted().collect(Collectors.toList());
    }
    if (files.isEmpty()) {
      throw new IOException(folder + ": no case");
    }
    int failed = 0;
    for (Path file : files) {
      JsonObject wanted = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      if (!KEYS.containsAll(wanted.keySet())) {
        throw new IOException(file + ": an unknown key among " + wanted.keySet());
      }
      String name = file.getFileName().toString().replaceFirst("\\.json$", "");
      String wrong = judge(wanted, servers);
      failed += wrong == null ? 0 : 1;
      System.out.println(wrong == null ? "ok " + name : "FAIL " + name + ": " + wrong.replaceAll("\\s+", " "));
    }
    return failed > 0 ? 1 : 0;
  }

  /**
   * Runs the cases.
   *
   * @param arguments --servers=FILE --cases=FOLDER
   */
  public static void main(String[] arguments) {
    Map<String, String> options = new TreeMap<>();
    for (String argument : arguments) {
      String[] parts = argument.split("=", 2);
      options.put(parts[0], parts.length > 1 ? parts[1] : "");
    }
    if (!options.keySet().equals(Set.of("--servers", "--cases"))) {
      System.err.println("usage: Conformance --servers=FILE --cases=FOLDER");
      System.exit(2);
    }
    try {
      System.exit(run(Path.of(options.get("--servers")), Path.of(options.get("--cases"))));
    } catch (IOException | RuntimeException e) {
      System.err.println("Conformance: " + e);
      System.exit(2);
    }
  }
}
