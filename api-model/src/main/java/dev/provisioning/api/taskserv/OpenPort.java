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

/** A port of the definition as the configuration makes it. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record OpenPort(
    @JsonPropertyDescription("Name of the port in the definition.") @Required @Pattern(Formats.NAME)
        String name,
    @JsonPropertyDescription("Its numbers.") @Required @Size(max = 100) List<Integer> numbers,
    @JsonPropertyDescription("Role that listens on it. Absent: all.") @Pattern(Formats.NAME)
        String role,
    @JsonPropertyDescription("On which addresses it listens, All or Private. Absent: All.")
        Bind bind)
    implements OpenPortBuilder.With {
  public OpenPort {
    numbers = Copies.of(numbers);
  }
}
