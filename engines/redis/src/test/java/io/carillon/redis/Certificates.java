package io.carillon.redis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An authority of the test's own, and what it certifies, as files in a folder. Immutable. */
final class Certificates {
  private static final String PASSWORD = "changeit";
  private static final String AUTHORITY = "authority";

  private final Path folder;

  Certificates(Path folder) throws IOException, GeneralSecurityException {
    this.folder = folder;
    keytool("-genkeypair", "-alias", AUTHORITY, "-dname", "CN=authority", "-ext", "bc:c");
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry(AUTHORITY, keys().getCertificate(AUTHORITY));
    try (var out = Files.newOutputStream(trustStore())) {
      trusted.store(out, PASSWORD.toCharArray());
    }
    write(
        folder.resolve("authority.crt"),
        "CERTIFICATE",
        keys().getCertificate(AUTHORITY).getEncoded());
  }

  /** What a client has to trust. */
  Path trustStore() {
    return folder.resolve("trusted.p12");
  }

  String password() {
    return PASSWORD;
  }

  /** Options of a server with a certificate for this name, such as {@code ip:127.0.0.1}. */
  List<String> serverOptions(String alternativeName) throws IOException, GeneralSecurityException {
    String alias = alternativeName.replaceAll("[^a-z0-9]", "-");
    keytool(
        "-genkeypair",
        "-alias",
        alias,
        "-signer",
        AUTHORITY,
        "-dname",
        "CN=server",
        "-ext",
        "san=" + alternativeName);
    Path certificate = folder.resolve(alias + ".crt");
    Path key = folder.resolve(alias + ".key");
    Key secret = keys().getKey(alias, PASSWORD.toCharArray());
    write(certificate, "CERTIFICATE", keys().getCertificate(alias).getEncoded());
    write(key, "PRIVATE KEY", secret.getEncoded());
    return List.of(
        "--tls-cert-file",
        certificate.toString(),
        "--tls-key-file",
        key.toString(),
        "--tls-ca-cert-file",
        folder.resolve("authority.crt").toString(),
        "--tls-auth-clients",
        "no");
  }

  private KeyStore keys() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  private static void write(Path file, String what, byte[] content) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    String begin = "-----BEGIN " + what + "-----\n";
    Files.writeString(
        file, begin + text + "\n-----END " + what + "-----\n", StandardCharsets.US_ASCII);
  }

  private void keytool(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2"));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
    command.addAll(List.of("-keystore", folder.resolve("keys.p12").toString()));
    Path output = folder.resolve("keytool.log");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException("keytool: " + Files.readString(output));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
