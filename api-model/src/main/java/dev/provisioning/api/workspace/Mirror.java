package dev.provisioning.api.workspace;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Copies;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** Where an isolated network finds what services need; refused until somebody heeds it. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Mirror(
    @JsonPropertyDescription("Addresses of files.") @Size(max = 64) List<Rewrite> artifacts,
    @JsonPropertyDescription("Addresses of package repositories.") @Size(max = 64)
        List<Rewrite> packages,
    @JsonPropertyDescription("Names of image registries.") @Size(max = 64) List<Rewrite> images)
    implements MirrorBuilder.With {
  public Mirror {
    artifacts = Copies.of(artifacts);
    packages = Copies.of(packages);
    images = Copies.of(images);
  }
}
