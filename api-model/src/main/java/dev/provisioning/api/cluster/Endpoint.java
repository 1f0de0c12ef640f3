package dev.provisioning.api.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Copies;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** Where a service of the Cluster answers. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Endpoint(
    @JsonPropertyDescription("Name of the component and of the port, like nginx/http.")
        @Required
        @Size(max = 128)
        String name,
    @JsonPropertyDescription("Addresses with ports, like 10.0.0.7:80.") @Size(max = 100)
        List<String> addresses)
    implements EndpointBuilder.With {
  public Endpoint {
    addresses = Copies.of(addresses);
  }
}
