package dev.provisioning.api.server;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Copies;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** The disks of a machine. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value =
        "!has(self.volumes) || self.volumes.all(v, !has(v.mountPath) || self.volumes.exists_one(w, has(w.mountPath) && w.mountPath == v.mountPath))",
    message = "two volumes have the same mountPath: give each its own",
    fieldPath = ".volumes")
public record StorageSpec(
    @JsonPropertyDescription("The disk with the operating system.") RootDisk root,
    @JsonPropertyDescription("Further disks.") @Size(max = 16) List<DataVolume> volumes)
    implements StorageSpecBuilder.With {
  public StorageSpec {
    volumes = Copies.of(volumes);
  }
}
