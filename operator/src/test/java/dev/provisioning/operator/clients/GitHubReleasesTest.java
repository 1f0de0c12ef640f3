package dev.provisioning.operator.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.provisioning.api.taskserv.GitHubSource;
import dev.provisioning.planning.taskserv.definition.Release;
import dev.provisioning.spi.ProviderException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GitHubReleasesTest {
  private static final GitHubSource SOURCE = new GitHubSource("etcd-io", "etcd", "v", null);
  private HttpServer server;
  private String asked;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private GitHubReleases answering(int status, String body) {
    server.createContext(
        "/",
        exchange -> {
          asked = exchange.getRequestURI().toString();
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    return new GitHubReleases(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  @Test
  void releases_are_read_and_drafts_left_out() {
    GitHubReleases releases =
        answering(
            200,
            """
            [{"tag_name": "v3.6.0", "prerelease": false, "draft": false},
             {"tag_name": "v3.7.0-rc.0", "prerelease": true, "draft": false},
             {"tag_name": "v9", "prerelease": false, "draft": true}]
            """);

    assertThat(releases.of(SOURCE))
        .containsExactly(new Release("v3.6.0", false), new Release("v3.7.0-rc.0", true));
    assertThat(asked).isEqualTo("/repos/etcd-io/etcd/releases?per_page=100");
  }

  @Test
  void a_refusal_is_told_and_asked_again_much_later() {
    assertThatThrownBy(() -> answering(403, "{}").of(SOURCE))
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("does not tell the releases of etcd-io/etcd: it answered 403");
  }
}
