package dev.provisioning.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;

/** Chooses objects by their labels. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record LabelSelector(
    @JsonPropertyDescription("Labels that all must be there with these values.") @Size(max = 16)
        Map<String, String> matchLabels)
    implements LabelSelectorBuilder.With {
  public LabelSelector {
    matchLabels = Copies.of(matchLabels);
  }
}
