package dev.provisioning.controllers.engine;

import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What it means that an effect threw something: every throwable is one {@link Failure}. */
final class Thrown {
  private static final Logger LOG = LoggerFactory.getLogger(Thrown.class);

  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final int UNPROCESSABLE = 422;
  private static final int TOO_MANY_REQUESTS = 429;

  private Thrown() {}

  /** Logged as well; a defect of ours with its stack, the rest in one line. */
  static Failure failure(String key, Throwable thrown) {
    return switch (thrown) {
      case ProviderException e -> {
        LOG.info("{} failed: {}", key, e.getMessage());
        yield e.failure();
      }
      case KubernetesClientException e when unanswered(e) -> {
        LOG.info("{} failed: the API server does not answer: {}", key, e.getMessage());
        yield new Failure.Transient(
            "ApiServerUnavailable", "the API server does not answer; it is tried again", AGAIN);
      }
      case KubernetesClientException e when refused(e) -> {
        LOG.info("{} failed: the API server refused: {}", key, e.getMessage());
        yield refusal(key, e);
      }
      default -> {
        LOG.error("{} failed because of a defect of ours", key, thrown);
        yield new Failure.Bug("InternalError", key + ": " + thrown.getClass().getName());
      }
    };
  }

  /** By a right that is missing, an admission policy, a quota, or since the object moved on. */
  private static boolean refused(KubernetesClientException e) {
    return switch (e.getCode()) {
      case HttpURLConnection.HTTP_BAD_REQUEST,
          HttpURLConnection.HTTP_FORBIDDEN,
          HttpURLConnection.HTTP_CONFLICT,
          UNPROCESSABLE ->
          true;
      default -> false;
    };
  }

  /** In the API server's own words: they name the quota, the policy or the right. */
  private static Failure refusal(String key, KubernetesClientException e) {
    String words =
        e.getStatus() == null || e.getStatus().getMessage() == null
            ? e.getMessage()
            : e.getStatus().getMessage();
    String message = "%s: the API server refused: %s".formatted(key, words);
    return switch (e.getCode()) {
      case HttpURLConnection.HTTP_CONFLICT ->
          new Failure.Transient("ObjectChanged", message, AGAIN);
      case HttpURLConnection.HTTP_FORBIDDEN -> new Failure.Denied("ApiServerForbids", message);
      default -> new Failure.Invalid("ApiServerRefuses", message);
    };
  }

  /**
   * No answer at all, or one that says: not now. Everything else it was asked is ours to answer.
   */
  private static boolean unanswered(KubernetesClientException e) {
    return e.getCode() == 0
        || e.getCode() == TOO_MANY_REQUESTS
        || e.getCode() >= HttpURLConnection.HTTP_INTERNAL_ERROR;
  }
}
