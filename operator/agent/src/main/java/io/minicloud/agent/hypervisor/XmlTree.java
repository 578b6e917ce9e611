package io.minicloud.agent.hypervisor;

import java.io.StringReader;
import java.io.StringWriter;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** An XML element that is written to by chaining; everything is escaped by the serializer. */
final class XmlTree {
    private final Element element;

    private XmlTree(Element element) {
        this.element = element;
    }

    static XmlTree root(String name) {
        var document = newDocument();
        var root = document.createElement(name);
        document.appendChild(root);
        return new XmlTree(root);
    }

    static XmlTree root(String namespace, String qualifiedName) {
        var document = newDocument();
        var root = document.createElementNS(namespace, qualifiedName);
        document.appendChild(root);
        return new XmlTree(root);
    }

    /** Adds a child and gives it. */
    XmlTree child(String name) {
        var child = element.getOwnerDocument().createElement(name);
        element.appendChild(child);
        return new XmlTree(child);
    }

    /** Adds a child with text and gives this element. */
    XmlTree leaf(String name, Object text) {
        child(name).element.setTextContent(text.toString());
        return this;
    }

    /** Sets an attribute and gives this element. */
    XmlTree with(String name, Object value) {
        element.setAttribute(name, value.toString());
        return this;
    }

    XmlTree text(Object text) {
        element.setTextContent(text.toString());
        return this;
    }

    /** Adds a copy of another tree. */
    XmlTree graft(XmlTree other) {
        element.appendChild(element.getOwnerDocument().importNode(other.element, true));
        return this;
    }

    /** The tree as text, indented. */
    String render() {
        try {
            var transformer = TransformerFactory.newDefaultInstance().newTransformer();
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            transformer.setOutputProperty(OutputKeys.INDENT, "yes");
            transformer.setOutputProperty("{http://xml.apache.org/xslt}indent-amount", "2");
            var text = new StringWriter();
            transformer.transform(new DOMSource(element), new StreamResult(text));
            return text.toString();
        } catch (TransformerException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads a document without ever following anything it refers to. */
    static Document parse(String xml) {
        try {
            var factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
        } catch (ParserConfigurationException | org.xml.sax.SAXException | java.io.IOException e) {
            throw new IllegalArgumentException("not XML: " + e.getMessage(), e);
        }
    }

    private static Document newDocument() {
        try {
            return DocumentBuilderFactory.newDefaultNSInstance()
                    .newDocumentBuilder()
                    .newDocument();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }
}
