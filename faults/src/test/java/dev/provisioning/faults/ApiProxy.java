package dev.provisioning.faults;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/**
 * Stands between one operator and the API server, and makes trouble: refuses everybody, answers
 * some requests with a conflict, keeps requests or answers back. One request a connection, so that
 * each can be judged by its head.
 */
final class ApiProxy implements AutoCloseable {
  static final Predicate<String> NOTHING = line -> false;
  private static final long LOOK_NANOS = 20_000_000;

  private final ServerSocket listener;
  private final SSLContext tls;
  private final URI upstream;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean away;
  private volatile Predicate<String> conflicts = NOTHING;
  private volatile Predicate<String> held = NOTHING;
  private volatile Predicate<String> deaf = NOTHING;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger conflicted = new AtomicInteger();

  /** Logs in upstream as {@code config} does. */
  ApiProxy(Config config) throws IOException, GeneralSecurityException {
    this.tls = SSLUtils.sslContext(config);
    this.upstream = URI.create(config.getMasterUrl());
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::listen);
  }

  /** Writes a kubeconfig that leads here. */
  Path kubeconfig(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Config
        current-context: proxy
        contexts: [{name: proxy, context: {cluster: proxy, user: proxy}}]
        clusters: [{name: proxy, cluster: {server: "http://127.0.0.1:%d"}}]
        users: [{name: proxy, user: {}}]
        """
            .formatted(listener.getLocalPort()));
  }

  /** The API server is gone: open connections end, new ones end at once. */
  void leave() {
    away = true;
    open.forEach(ApiProxy::end);
  }

  void comeBack() {
    away = false;
  }

  /** Answers 409 to requests whose first line, like {@code PUT /apis/… HTTP/1.1}, is such. */
  void conflictOn(Predicate<String> requests) {
    conflicts = requests;
  }

  /** Keeps such requests on their way until others are named. */
  void hold(Predicate<String> requests) {
    held = requests;
  }

  /** How many are being held. */
  int waiting() {
    return waiting.get();
  }

  /** Keeps what the API server says to such requests: a watch that is late. */
  void delay(Predicate<String> requests) {
    deaf = requests;
  }

  int conflicted() {
    return conflicted.get();
  }

  private void listen() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    open.add(client);
    try (client) {
      if (away) {
        return;
      }
      String head = Http.head(client.getInputStream());
      if (head.isEmpty()) {
        return;
      }
      String line = head.lines().findFirst().orElse("");
      if (held.test(line)) {
        waiting.incrementAndGet();
        await(() -> held.test(line));
        waiting.decrementAndGet();
      }
      if (conflicts.test(line)) {
        conflicted.incrementAndGet();
        client.getInputStream().readNBytes(Http.length(head));
        client.getOutputStream().write(Http.CONFLICT.getBytes(StandardCharsets.UTF_8));
        return;
      }
      relay(client, head);
    } catch (IOException e) {
      // One of both sides left: the other is told by the end of its connection.
    } finally {
      open.remove(client);
    }
  }

  private void relay(Socket client, String head) throws IOException {
    try (Socket server = tls.getSocketFactory().createSocket(upstream.getHost(), port())) {
      open.add(server);
      try {
        server.getOutputStream().write(Http.once(head).getBytes(StandardCharsets.UTF_8));
        server.getOutputStream().flush();
        Thread.ofVirtual().start(() -> pump(client, server));
        String line = head.lines().findFirst().orElse("");
        copy(server.getInputStream(), client.getOutputStream(), () -> deaf.test(line));
      } finally {
        open.remove(server);
      }
    }
  }

  private static void pump(Socket from, Socket to) {
    try {
      copy(from.getInputStream(), to.getOutputStream(), () -> false);
    } catch (IOException e) {
      end(to);
    }
  }

  private static void await(BooleanSupplier over) {
    while (over.getAsBoolean()) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private static void copy(InputStream in, OutputStream out, BooleanSupplier late)
      throws IOException {
    byte[] buffer = new byte[16_384];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      await(late);
      out.write(buffer, 0, n);
      out.flush();
    }
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private int port() {
    return upstream.getPort() < 0 ? 443 : upstream.getPort();
  }

  @Override
  public void close() {
    leave();
    try {
      listener.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
