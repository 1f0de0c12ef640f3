package dev.provisioning.controllers.provider;

import dev.provisioning.spi.MachineProvider;
import dev.provisioning.spi.PriceList;
import dev.provisioning.spi.RemoteShell;

/**
 * A provider that is ready to be asked. {@code shell} is the way to its machines, so nobody else
 * has to know the {@code type}.
 */
public record ProviderEntry(
    ProviderRef ref, String type, MachineProvider machines, PriceList prices, RemoteShell shell) {}
