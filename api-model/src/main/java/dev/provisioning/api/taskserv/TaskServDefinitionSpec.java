package dev.provisioning.api.taskserv;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Copies;
import dev.provisioning.api.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** What a service is. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value =
        "!has(self.install) || self.install.all(x, !has(x.role) || (has(self.roles) && x.role in self.roles))",
    message = "a role in it is not one of spec.roles: add it there, or name another",
    fieldPath = ".install")
@ValidationRule(
    value =
        "!has(self.configure) || self.configure.all(x, !has(x.role) || (has(self.roles) && x.role in self.roles))",
    message = "a role in it is not one of spec.roles: add it there, or name another",
    fieldPath = ".configure")
@ValidationRule(
    value =
        "!has(self.upgrade) || self.upgrade.all(x, !has(x.role) || (has(self.roles) && x.role in self.roles))",
    message = "a role in it is not one of spec.roles: add it there, or name another",
    fieldPath = ".upgrade")
@ValidationRule(
    value =
        "!has(self.uninstall) || self.uninstall.all(x, !has(x.role) || (has(self.roles) && x.role in self.roles))",
    message = "a role in it is not one of spec.roles: add it there, or name another",
    fieldPath = ".uninstall")
@ValidationRule(
    value =
        "!has(self.backup) || self.backup.all(x, !has(x.role) || (has(self.roles) && x.role in self.roles))",
    message = "a role in it is not one of spec.roles: add it there, or name another",
    fieldPath = ".backup")
@ValidationRule(
    value =
        "!has(self.restore) || self.restore.all(x, !has(x.role) || (has(self.roles) && x.role in self.roles))",
    message = "a role in it is not one of spec.roles: add it there, or name another",
    fieldPath = ".restore")
@ValidationRule(
    value =
        "!has(self.files) || self.files.all(x, !has(x.role) || (has(self.roles) && x.role in self.roles))",
    message = "a role in it is not one of spec.roles: add it there, or name another",
    fieldPath = ".files")
@ValidationRule(
    value =
        "!has(self.exports) || self.exports.all(x, !has(x.role) || (has(self.roles) && x.role in self.roles))",
    message = "a role in it is not one of spec.roles: add it there, or name another",
    fieldPath = ".exports")
@ValidationRule(
    value =
        "!has(self.healthChecks) || self.healthChecks.all(x, !has(x.role) || (has(self.roles) && x.role in self.roles))",
    message = "a role in it is not one of spec.roles: add it there, or name another",
    fieldPath = ".healthChecks")
@ValidationRule(
    value =
        "!has(self.ports) || self.ports.all(x, !has(x.role) || (has(self.roles) && x.role in self.roles))",
    message = "a role in it is not one of spec.roles: add it there, or name another",
    fieldPath = ".ports")
@ValidationRule(
    value =
        "!has(self.configure) || self.configure.all(s, !has(s.when) || s.when in ['BeforeStart', 'AfterStart'])",
    message = "a configure step runs BeforeStart or AfterStart",
    fieldPath = ".configure")
@ValidationRule(
    value =
        "!has(self.upgrade) || self.upgrade.all(s, !has(s.when) || s.when in ['BeforeInstall', 'AfterInstall'])",
    message = "an upgrade step runs BeforeInstall or AfterInstall",
    fieldPath = ".upgrade")
@ValidationRule(
    value =
        "!has(self.conflicts) || !has(self.requires) || self.conflicts.all(x, self.requires.all(r, r.name != x.name))",
    message = "requires and conflicts name the same service: take it out of one of them",
    fieldPath = ".conflicts")
@ValidationRule(
    value = "size(self.versions) < 2 || self.versions.exists(v, has(v.default) && v.default)",
    message = "one of several versions must be default: true",
    fieldPath = ".versions")
public record TaskServDefinitionSpec(
    @JsonPropertyDescription("What it is for.") @Required Category category,
    @JsonPropertyDescription("What it is, in a sentence.") @Required @Size(min = 1, max = 1024)
        String description,
    @JsonPropertyDescription("Its home page.") @Pattern(Formats.URL) String homepage,
    @JsonPropertyDescription("SPDX expression of its licence.") @Size(min = 1, max = 128)
        String licence,
    @JsonPropertyDescription("Address of a picture.") @Size(min = 1, max = 1024) String icon,
    @JsonPropertyDescription("Its versions.") @Required @Size(min = 1, max = 64)
        List<VersionSpec> versions,
    @JsonPropertyDescription("Where new versions are announced.") VersionSource versionSource,
    @JsonPropertyDescription("Operating systems that it runs on; with none: all.") @Size(max = 16)
        List<SupportedSystem> supports,
    @JsonPropertyDescription("Architectures that it runs on, like amd64; with none: all.")
        @Size(max = 8)
        List<String> architectures,
    @JsonPropertyDescription("What must be on the same machines first.") @Size(max = 32)
        List<Requirement> requires,
    @JsonPropertyDescription("What goes well with it: shown, never enforced.") @Size(max = 32)
        List<Requirement> recommends,
    @JsonPropertyDescription("What must not be on the same machines.") @Size(max = 32)
        List<Requirement> conflicts,
    @JsonPropertyDescription("Names under which others can require it, like cri.") @Size(max = 16)
        List<String> provides,
    @JsonPropertyDescription("What it needs on a machine.") Footprint resources,
    @JsonPropertyDescription("Ports that it listens on.") @Size(max = 32) List<ServicePort> ports,
    @JsonPropertyDescription("What can be configured.") ConfigSpec config,
    @JsonPropertyDescription("Roles that members can play, leaders first.") @Size(max = 16)
        List<String> roles,
    @JsonPropertyDescription("Files that it owns, written between install and configure.")
        @Size(max = 64)
        List<ManagedFileSpec> files,
    @JsonPropertyDescription("Steps that put it on a machine, after its packages and artifacts.")
        @Size(max = 32)
        List<StepSpec> install,
    @JsonPropertyDescription("Steps after its files were written, before its units start.")
        @Size(max = 32)
        List<StepSpec> configure,
    @JsonPropertyDescription("Steps from one version to another. Default: install.") @Size(max = 32)
        List<StepSpec> upgrade,
    @JsonPropertyDescription("Steps that take it away, before its packages and files go.")
        @Size(max = 32)
        List<StepSpec> uninstall,
    @JsonPropertyDescription(
            "Steps that save its data. They run on a member before each upgrade of it, and at no other time.")
        @Size(max = 32)
        List<StepSpec> backup,
    @JsonPropertyDescription(
            "Steps that bring saved data back. They are checked like all steps, and this version never runs them.")
        @Size(max = 32)
        List<StepSpec> restore,
    @JsonPropertyDescription("Values made on one member and used by others.") @Size(max = 32)
        List<ExportSpec> exports,
    @JsonPropertyDescription("Questions that decide whether it is healthy.") @Size(max = 16)
        List<HealthCheckSpec> healthChecks,
    @JsonPropertyDescription(
            "systemd units to enable and start; may hold template expressions, and a blank result is left out.")
        @Size(max = 16)
        List<String> units,
    @JsonPropertyDescription(
            "Directories with its data: kept on uninstall unless dataPolicy says Delete.")
        @Size(max = 16)
        List<String> dataPaths,
    @JsonPropertyDescription(
            "Whether its operations may run beside others on one machine. Default: false.")
        Boolean parallelSafe,
    @JsonPropertyDescription("Whether a lower version may replace a higher one. Default: false.")
        Boolean allowsDowngrade)
    implements TaskServDefinitionSpecBuilder.With {
  public TaskServDefinitionSpec {
    versions = Copies.of(versions);
    supports = Copies.of(supports);
    architectures = Copies.of(architectures);
    requires = Copies.of(requires);
    recommends = Copies.of(recommends);
    conflicts = Copies.of(conflicts);
    provides = Copies.of(provides);
    ports = Copies.of(ports);
    roles = Copies.of(roles);
    files = Copies.of(files);
    install = Copies.of(install);
    configure = Copies.of(configure);
    upgrade = Copies.of(upgrade);
    uninstall = Copies.of(uninstall);
    backup = Copies.of(backup);
    restore = Copies.of(restore);
    exports = Copies.of(exports);
    healthChecks = Copies.of(healthChecks);
    units = Copies.of(units);
    dataPaths = Copies.of(dataPaths);
  }
}
