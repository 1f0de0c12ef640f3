package dev.provisioning.controllers;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * As much of an API server as a test needs that decides when a watch tells: it keeps objects, and
 * refuses to make what exists and to change or delete what has moved on. Its watches tell only what
 * {@link #tell} says.
 */
public final class InMemoryApiServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, ObjectNode> objects = new TreeMap<>();
  private final List<Watch> watches = new CopyOnWriteArrayList<>();
  private final HttpServer http;
  private final KubernetesClient client;
  private long version = 10;

  public InMemoryApiServer() {
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.createContext("/", this::handle);
    http.start();
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("http://127.0.0.1:" + http.getAddress().getPort())
            .withOnlyHttpWatches(true)
            .build();
    client = new KubernetesClientBuilder().withConfig(config).build();
  }

  private record Watch(String collection, OutputStream out) {}

  private record Answer(int code, ObjectNode body) {}

  public KubernetesClient client() {
    return client;
  }

  /** {@code ADDED}, {@code MODIFIED} or {@code DELETED}, to every watch that the object is in. */
  public void tell(String event, HasMetadata object) {
    ObjectNode node = JSON.createObjectNode().put("type", event);
    node.set("object", client.getKubernetesSerialization().convertValue(object, JsonNode.class));
    byte[] line = (node + "\n").getBytes(StandardCharsets.UTF_8);
    List<String> collections = collections(path(object));
    await().until(() -> watches.stream().anyMatch(w -> collections.contains(w.collection())));
    try {
      for (Watch watch : watches) {
        if (collections.contains(watch.collection())) {
          watch.out().write(line);
          watch.out().flush();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    client.close();
    http.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (String.valueOf(exchange.getRequestURI().getQuery()).contains("watch=true")) {
      exchange.sendResponseHeaders(HttpURLConnection.HTTP_OK, 0);
      watches.add(new Watch(path, exchange.getResponseBody()));
      return;
    }
    JsonNode sent = JSON.readTree(exchange.getRequestBody().readAllBytes());
    Answer answer = answer(exchange.getRequestMethod(), path, sent);
    byte[] body = answer.body().toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(answer.code(), body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private synchronized Answer answer(String method, String path, JsonNode sent) {
    return switch (method) {
      case "GET" -> read(path);
      case "POST" -> create(path + "/" + sent.at("/metadata/name").asText(), (ObjectNode) sent);
      case "PUT" -> replace(path, (ObjectNode) sent);
      case "DELETE" -> delete(path, sent.at("/preconditions/resourceVersion").asText());
      default -> refusal(HttpURLConnection.HTTP_BAD_METHOD, "MethodNotAllowed", method);
    };
  }

  private Answer read(String path) {
    ObjectNode found = objects.get(path);
    if (found != null) {
      return new Answer(HttpURLConnection.HTTP_OK, found);
    }
    if (path.matches("/apis/[^/]+/[^/]+")) {
      return new Answer(HttpURLConnection.HTTP_OK, kinds(path));
    }
    if (isObject(path)) {
      return refusal(HttpURLConnection.HTTP_NOT_FOUND, "NotFound", path + " not found");
    }
    ObjectNode list = JSON.createObjectNode().put("kind", "List").put("apiVersion", "v1");
    list.putObject("metadata").put("resourceVersion", Long.toString(version));
    var items = list.putArray("items");
    objects.forEach(
        (at, object) -> {
          if (collections(at).contains(path)) {
            items.add(object);
          }
        });
    return new Answer(HttpURLConnection.HTTP_OK, list);
  }

  /** Those of a group and version of which there is an object. */
  private ObjectNode kinds(String path) {
    ObjectNode list = JSON.createObjectNode().put("kind", "APIResourceList");
    list.put("apiVersion", "v1").put("groupVersion", path.substring("/apis/".length()));
    var resources = list.putArray("resources");
    objects.forEach(
        (at, object) -> {
          if (at.startsWith(path + "/namespaces/")) {
            String plural = at.substring(path.length()).split("/")[3];
            resources
                .addObject()
                .put("name", plural)
                .put("kind", object.path("kind").asText())
                .put("namespaced", true);
          }
        });
    return list;
  }

  private Answer create(String path, ObjectNode made) {
    if (objects.containsKey(path)) {
      return refusal(HttpURLConnection.HTTP_CONFLICT, "AlreadyExists", path + " already exists");
    }
    ObjectNode meta = (ObjectNode) made.get("metadata");
    meta.put("uid", "uid-" + version).put("generation", 1);
    meta.put("creationTimestamp", "2026-01-01T00:00:00Z");
    JsonNode plain = made.remove("stringData");
    if (plain != null) {
      plain.properties().forEach(one -> made.withObject("/data").put(one.getKey(), encoded(one)));
    }
    return stored(path, made);
  }

  private static String encoded(Map.Entry<String, JsonNode> text) {
    return Base64.getEncoder()
        .encodeToString(text.getValue().asText().getBytes(StandardCharsets.UTF_8));
  }

  private Answer replace(String path, ObjectNode sent) {
    ObjectNode known = objects.get(path);
    if (moved(known, sent.at("/metadata/resourceVersion").asText())) {
      return refusal(HttpURLConnection.HTTP_CONFLICT, "Conflict", path + " has been modified");
    }
    boolean edited = !known.path("spec").equals(sent.path("spec"));
    long generation = known.at("/metadata/generation").asLong() + (edited ? 1 : 0);
    ((ObjectNode) sent.get("metadata")).put("generation", generation);
    return stored(path, sent);
  }

  private Answer stored(String path, ObjectNode object) {
    version++;
    ((ObjectNode) object.get("metadata")).put("resourceVersion", Long.toString(version));
    objects.put(path, object);
    return new Answer(HttpURLConnection.HTTP_OK, object);
  }

  private Answer delete(String path, String expected) {
    if (moved(objects.get(path), expected)) {
      return refusal(HttpURLConnection.HTTP_CONFLICT, "Conflict", path + " has been modified");
    }
    version++;
    objects.remove(path);
    return new Answer(
        HttpURLConnection.HTTP_OK,
        JSON.createObjectNode().put("kind", "Status").put("apiVersion", "v1"));
  }

  /** Empty: whatever it is by now. */
  private static boolean moved(JsonNode known, String expected) {
    return !expected.isEmpty()
        && (known == null || !known.at("/metadata/resourceVersion").asText().equals(expected));
  }

  private static Answer refusal(int code, String reason, String message) {
    return new Answer(
        code,
        JSON.createObjectNode()
            .put("kind", "Status")
            .put("apiVersion", "v1")
            .put("status", "Failure")
            .put("code", code)
            .put("reason", reason)
            .put("message", message));
  }

  /** {@code /api/v1/namespaces/shop/secrets/one}, as all of ours are in namespaces. */
  private static boolean isObject(String path) {
    return path.contains("/namespaces/")
        && path.replaceFirst(".*/namespaces/[^/]+/", "").contains("/");
  }

  /** Of its namespace, and of all. */
  private static List<String> collections(String object) {
    String own = object.substring(0, object.lastIndexOf('/'));
    return List.of(own, own.replaceFirst("/namespaces/[^/]+", ""));
  }

  private static String path(HasMetadata object) {
    String api = object.getApiVersion();
    return "%s/%s/namespaces/%s/%s/%s"
        .formatted(
            api.contains("/") ? "/apis" : "/api",
            api,
            object.getMetadata().getNamespace(),
            object.getPlural(),
            object.getMetadata().getName());
  }
}
