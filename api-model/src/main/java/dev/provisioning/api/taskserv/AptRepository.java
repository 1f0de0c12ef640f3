package dev.provisioning.api.taskserv;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Copies;
import dev.provisioning.api.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** A publisher's package repository, used for the named packages only. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record AptRepository(
    @JsonPropertyDescription("Name of the list file.") @Required @Pattern(Formats.NAME) String name,
    @JsonPropertyDescription("Address of the repository.")
        @Required
        @Pattern("^https?://\\S{1,1000}$")
        String uri,
    @JsonPropertyDescription("Suite, like bookworm-pgdg.") @Required @Size(min = 1, max = 128)
        String suite,
    @JsonPropertyDescription("Components, like main.") @Size(max = 8) List<String> components,
    @JsonPropertyDescription("The publisher's public key, armoured.")
        @Required
        @Size(min = 1, max = 16384)
        String signedBy)
    implements AptRepositoryBuilder.With {
  public AptRepository {
    components = Copies.of(components);
  }
}
