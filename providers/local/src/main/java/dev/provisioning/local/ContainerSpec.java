package dev.provisioning.local;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Device;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.VolumeOptions;
import dev.provisioning.spi.model.MachineRequest;
import dev.provisioning.spi.model.StorageRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The container that a request asks for. Sources: providers.md §9; the flags that a container with
 * systemd, and one with containers in it, need.
 */
record ContainerSpec(Engine engine, Grants grants, LocalConfig.Profile profile) {
  private static final List<String> NESTED_DIRECTORIES =
      List.of("containerd", "containers", "docker", "kubelet");
  private static final String CGROUPS = "/sys/fs/cgroup";

  CreateContainerCmd command(MachineRequest request) {
    return engine
        .client()
        .createContainerCmd(request.imageId())
        .withName(request.name())
        .withHostName(request.hostname())
        .withStopSignal("SIGRTMIN+3")
        .withLabels(labels(request))
        .withHostConfig(hostConfig(request));
  }

  private MachineHostConfig hostConfig(MachineRequest request) {
    Size size = Size.of(request.plan());
    MachineHostConfig host = new MachineHostConfig();
    host.withNanoCPUs(size.nanoCpus())
        .withMemory(size.memoryBytes())
        .withMemorySwap(size.memoryBytes())
        .withTmpFs(Map.of("/run", "exec", "/run/lock", ""))
        .withCapAdd(grants.toArray())
        .withSecurityOpts(List.of("seccomp=unconfined", "apparmor=unconfined"))
        .withMounts(mounts(request));
    // Without privileges the engine mounts cgroups read-only, on both versions; systemd needs its
    // own subtree to be writable.
    host.withCgroupnsMode("host").withBinds(Bind.parse(CGROUPS + ":" + CGROUPS + ":rw"));
    if (profile == LocalConfig.Profile.NESTED && here("/dev/kmsg")) {
      host.withDevices(new Device("rwm", "/dev/kmsg", "/dev/kmsg"));
    }
    return host;
  }

  private boolean here(String path) {
    return engine.onThisHost() && Files.exists(Path.of(path));
  }

  private List<Mount> mounts(MachineRequest request) {
    List<Mount> mounts = new ArrayList<>();
    if (profile == LocalConfig.Profile.NESTED) {
      for (String directory : NESTED_DIRECTORIES) {
        mounts.add(volume(request, directory, "/var/lib/" + directory, Labels.NESTED, Map.of()));
      }
      if (here("/lib/modules")) {
        mounts.add(
            new Mount()
                .withType(MountType.BIND)
                .withSource("/lib/modules")
                .withTarget("/lib/modules")
                .withReadOnly(true));
      }
    }
    for (StorageRequest.Disk disk : request.storage().disks()) {
      Map<String, String> labels =
          Map.of(
              Labels.VOLUME_NAME, disk.name(), Labels.VOLUME_SIZE, Integer.toString(disk.sizeGb()));
      mounts.add(volume(request, "data-" + disk.name(), disk.mountPath(), Labels.DATA, labels));
    }
    return mounts;
  }

  /** Made together with the container and labelled, so that no crash leaves an unknown volume. */
  private static Mount volume(
      MachineRequest request, String name, String path, String kind, Map<String, String> more) {
    Map<String, String> labels = new HashMap<>(request.owner().tags());
    labels.put(Labels.KEY, request.key().value());
    labels.put(Labels.MACHINE, request.name());
    labels.put(Labels.VOLUME_KIND, kind);
    labels.putAll(more);
    return new Mount()
        .withType(MountType.VOLUME)
        .withSource(request.name() + "-" + name)
        .withTarget(path)
        .withVolumeOptions(new VolumeOptions().withLabels(labels));
  }

  private static Map<String, String> labels(MachineRequest request) {
    Map<String, String> labels = new LinkedHashMap<>(request.owner().tags());
    labels.put(Labels.KEY, request.key().value());
    labels.put(Labels.ZONE, request.zone());
    labels.put(Labels.IMAGE, request.imageId());
    request.tags().forEach((tag, value) -> labels.put(Labels.TAG + tag, value));
    return labels;
  }
}
