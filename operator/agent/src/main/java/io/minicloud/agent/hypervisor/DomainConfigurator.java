package io.minicloud.agent.hypervisor;

/**
 * Writes one concern of a machine into the XML of its domain.
 *
 * @see <a href="https://libvirt.org/formatdomain.html">Domain XML format</a>
 */
@FunctionalInterface
interface DomainConfigurator {
    /**
     * Adds this concern.
     *
     * @param machine what is wanted
     * @param domain the root element
     * @param devices its element {@code devices}
     */
    void configure(MachineDefinition machine, XmlTree domain, XmlTree devices);
}
