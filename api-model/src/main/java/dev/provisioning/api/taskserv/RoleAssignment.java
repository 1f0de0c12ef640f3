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

/** The machines that play a role of the definition. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record RoleAssignment(
    @JsonPropertyDescription("Name of the role, like primary.") @Required @Pattern(Formats.NAME)
        String name,
    @JsonPropertyDescription("Names of the Servers that play it.") @Size(min = 1, max = 256)
        List<String> servers)
    implements RoleAssignmentBuilder.With {
  public RoleAssignment {
    servers = Copies.of(servers);
  }
}
