package dev.provisioning.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Engines behind a Unix socket, where nobody else limits how long an answer takes. */
@Timeout(60)
class PatientHttpClientTest {
  @TempDir private Path directory;

  @Test
  void anEngineThatAcceptsAndSaysNothingIsGivenUp() throws IOException {
    try (ServerSocketChannel engine = listening();
        PatientHttpClient client = client(Duration.ofMillis(200))) {
      assertThatThrownBy(() -> client.execute(ping()))
          .hasCauseInstanceOf(SocketTimeoutException.class);
      try (SocketChannel request = engine.accept();
          InputStream all = Channels.newInputStream(request)) {
        assertThat(all.readAllBytes()).as("ends: the connection was closed").isNotEmpty();
      }
    }
  }

  @Test
  void anAnswerThatStopsInItsMiddleIsGivenUp() throws IOException {
    try (ServerSocketChannel engine = listening();
        PatientHttpClient client = client(Duration.ofMillis(500))) {
      answer(engine, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
      assertThatThrownBy(() -> client.execute(ping()))
          .hasCauseInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void aWholeAnswerIsHandedOn() throws IOException {
    try (ServerSocketChannel engine = listening();
        PatientHttpClient client = client(Duration.ofSeconds(30))) {
      answer(engine, "HTTP/1.1 418 Teapot\r\nApi-Version: 1.47\r\nContent-Length: 2\r\n\r\nno");
      try (Response response = client.execute(ping())) {
        assertThat(response.getStatusCode()).isEqualTo(418);
        assertThat(response.getHeader("Api-Version")).isEqualTo("1.47");
        assertThat(response.getBody()).hasBinaryContent("no".getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static Request ping() {
    return Request.builder().method(Request.Method.GET).path("/_ping").build();
  }

  private PatientHttpClient client(Duration patience) {
    URI socket = URI.create("unix://" + directory.resolve("engine.sock"));
    return new PatientHttpClient(
        new ApacheDockerHttpClient.Builder().dockerHost(socket).build(), patience);
  }

  private ServerSocketChannel listening() throws IOException {
    ServerSocketChannel engine = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    engine.bind(UnixDomainSocketAddress.of(directory.resolve("engine.sock")));
    return engine;
  }

  private static void answer(ServerSocketChannel engine, String text) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                engine.accept().write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
  }
}
