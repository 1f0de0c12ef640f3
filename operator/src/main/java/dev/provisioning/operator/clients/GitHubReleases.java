package dev.provisioning.operator.clients;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.provisioning.api.taskserv.GitHubSource;
import dev.provisioning.controllers.ports.Releases;
import dev.provisioning.planning.taskserv.definition.Release;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Releases on GitHub, or on what answers like it. Without an account: it allows 60 an hour. */
public final class GitHubReleases implements Releases {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /** Neither a network without a way out nor GitHub's limit is gone in a minute. */
  private static final Duration RETRY = Duration.ofHours(1);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final URI endpoint;

  /** {@code endpoint}: {@code https://api.github.com}. */
  public GitHubReleases(URI endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public List<Release> of(GitHubSource source) {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "%s/repos/%s/%s/releases?per_page=100"
                        .formatted(endpoint, source.owner(), source.repo())))
            .header("Accept", "application/vnd.github+json")
            .timeout(TIMEOUT)
            .build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != HttpURLConnection.HTTP_OK) {
        throw unknown(source, "it answered " + answer.statusCode(), null);
      }
      return releases(answer.body());
    } catch (JsonProcessingException e) {
      throw unknown(source, "its answer cannot be read", e);
    } catch (IOException e) {
      throw unknown(source, String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unknown(source, "we are ending", e);
    }
  }

  private static List<Release> releases(String body) throws JsonProcessingException {
    List<Release> found = new ArrayList<>();
    for (JsonNode one : JSON.readTree(body)) {
      if (!one.path("draft").asBoolean()) {
        found.add(new Release(one.path("tag_name").asText(), one.path("prerelease").asBoolean()));
      }
    }
    return found;
  }

  private ProviderException unknown(GitHubSource source, String why, Exception cause) {
    return new ProviderException(
        new Failure.Transient(
            "UpdatesUnknown",
            "%s does not tell the releases of %s/%s: %s"
                .formatted(endpoint, source.owner(), source.repo(), why),
            RETRY),
        cause);
  }
}
