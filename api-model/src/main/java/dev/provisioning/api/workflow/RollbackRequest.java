package dev.provisioning.api.workflow;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Copies;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** An order to take operations back. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value =
        "!has(self.operations) || size(self.operations) == 0 || (has(self.requested) && self.requested)",
    message = "operations are taken back only with requested: true",
    fieldPath = ".operations")
public record RollbackRequest(
    @JsonPropertyDescription("true takes back what was done, in reverse order. Default: false.")
        Boolean requested,
    @JsonPropertyDescription(
            "Names of operations to take back, with all that depends on them. Default: all.")
        @Size(max = 256)
        List<String> operations)
    implements RollbackRequestBuilder.With {
  public RollbackRequest {
    operations = Copies.of(operations);
  }
}
