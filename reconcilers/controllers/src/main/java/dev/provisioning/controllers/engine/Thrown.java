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
      default -> {
        LOG.error("{} failed because of a defect of ours", key, thrown);
        yield new Failure.Bug("InternalError", key + ": " + thrown.getClass().getName());
      }
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
