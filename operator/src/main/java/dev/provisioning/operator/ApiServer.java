package dev.provisioning.operator;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.provisioning.operator.metrics.RequestMetrics;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.micrometer.core.instrument.MeterRegistry;

/** The connection to the cluster: its client, and what was seen going over it. */
public final class ApiServer implements AutoCloseable {
  private final KubernetesClient client;
  private final LeaseRenewals renewals = new LeaseRenewals(System::nanoTime);

  private ApiServer(Config config, MeterRegistry meters) {
    this.client =
        new KubernetesClientBuilder()
            .withConfig(eachOnItsOwn(config))
            .withKubernetesSerialization(lean())
            .withHttpClientBuilderConsumer(
                http ->
                    http.addOrReplaceInterceptor("lease-renewals", renewals)
                        .addOrReplaceInterceptor("requests", new RequestMetrics(meters)))
            .build();
  }

  /**
   * HTTP/1.1. Over HTTP/2 the server takes a hundred requests at a time, and Java's client does not
   * queue the next but fails it: in a burst the renewal of the lease, too. A connection each is
   * also the end of one that hangs for all.
   */
  private static Config eachOnItsOwn(Config config) {
    return new ConfigBuilder(config).withHttp2Disable(true).build();
  }

  /**
   * Who wrote which field is the server's business, and would be two thirds of all that the caches
   * keep. An update that does not name it leaves it as it is.
   */
  private static KubernetesSerialization lean() {
    ObjectMapper mapper = new ObjectMapper();
    mapper.addMixIn(ObjectMeta.class, WithoutManagedFields.class);
    return new KubernetesSerialization(mapper, true);
  }

  @JsonIgnoreProperties("managedFields")
  private interface WithoutManagedFields {}

  /** Connects when the first request is sent. */
  public static ApiServer connect(Config config, MeterRegistry meters) {
    return new ApiServer(config, meters);
  }

  public KubernetesClient client() {
    return client;
  }

  LeaseRenewals renewals() {
    return renewals;
  }

  @Override
  public void close() {
    client.close();
  }
}
