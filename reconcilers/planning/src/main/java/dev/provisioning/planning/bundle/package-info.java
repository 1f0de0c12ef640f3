/** What runs on machines, whatever kind asks for it. */
package dev.provisioning.planning.bundle;
