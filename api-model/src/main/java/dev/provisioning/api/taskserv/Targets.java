package dev.provisioning.api.taskserv;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Copies;
import dev.provisioning.api.LabelSelector;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** The machines of a service: the named ones and those with the labels. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value =
        "(has(self.names) && size(self.names) > 0) || (has(self.selector) && has(self.selector.matchLabels) && size(self.selector.matchLabels) > 0)",
    message =
        "say on which machines it runs: name Servers in names, or select them with selector.matchLabels")
public record Targets(
    @JsonPropertyDescription("Names of Servers.") @Size(max = 256) List<String> names,
    @JsonPropertyDescription("Servers with these labels.") LabelSelector selector)
    implements TargetsBuilder.With {
  public Targets {
    names = Copies.of(names);
  }
}
