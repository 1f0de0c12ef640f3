/** B5: one service on ten machines, by our step protocol, by Ansible, and by a plain script. */
package dev.provisioning.bench.ssh;
