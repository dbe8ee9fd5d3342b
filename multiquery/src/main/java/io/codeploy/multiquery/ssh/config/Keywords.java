package io.codeploy.multiquery.ssh.config;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The keywords that ssh_config(5) has, up to OpenSSH 10. A word that is not among them is a slip of
 * the pen, and a slip in {@code ProxyJump} must not lead straight to the host.
 */
final class Keywords {
  /** Those that are read; the resolver's parts know what they mean. */
  private static final Set<String> READ =
      words(
          """
          addressfamily bindaddress certificatefile ciphers connecttimeout globalknownhostsfile
          hashknownhosts host hostkeyalgorithms hostkeyalias hostname identitiesonly identityagent
          identityfile ignoreunknown include kexalgorithms macs match port proxycommand proxyjump
          pubkeyacceptedalgorithms requiredrsasize sendenv serveralivecountmax serveraliveinterval
          setenv stricthostkeychecking tag user userknownhostsfile
          """);

  /** Those that would lead elsewhere or weaken a check if they were passed over. */
  private static final Set<String> REFUSED =
      words(
          """
          bindinterface canonicalizehostname casignaturealgorithms knownhostscommand pkcs11provider
          preferredauthentications proxyusefdpass pubkeyauthentication refuseconnection
          remotecommand revokedhostkeys sessiontype
          """);

  /**
   * Those without bearing on where a command goes and whom it trusts: other ways to log in, what a
   * terminal or a person needs, forwardings, what is stricter when passed over.
   */
  private static final Set<String> HARMLESS =
      words(
          """
          addkeystoagent afstokenpassing batchmode canonicaldomains canonicalizefallbacklocal
          canonicalizemaxdots canonicalizepermittedcnames challengeresponseauthentication
          channeltimeout checkhostip cipher clearallforwardings compression compressionlevel
          connectionattempts controlmaster controlpath controlpersist dynamicforward
          enableescapecommandline enablesshkeysign escapechar exitonforwardfailure fallbacktorsh
          fingerprinthash forkafterauthentication forwardagent forwardx11 forwardx11timeout
          forwardx11trusted gatewayports globalknownhostsfile2 gssapiauthentication
          gssapiclientidentity gssapidelegatecredentials gssapikexalgorithms gssapikeyexchange
          gssapirenewalforcesrekey gssapiserveridentity gssapitrustdns hostbasedacceptedalgorithms
          hostbasedauthentication ipqos kbdinteractiveauthentication kbdinteractivedevices
          keepalive kerberosauthentication kerberostgtpassing localcommand localforward loglevel
          logverbose nohostauthenticationforlocalhost numberofpasswordprompts
          obscurekeystroketiming passwordauthentication permitlocalcommand permitremoteopen
          protocol rekeylimit remoteforward requesttty rhostsauthentication
          rhostsrsaauthentication rsaauthentication securitykeyprovider skeyauthentication
          smartcarddevice stdinnull streamlocalbindmask streamlocalbindunlink syslogfacility
          tcpkeepalive tisauthentication tunnel tunneldevice updatehostkeys
          useprivilegedport userknownhostsfile2 useroaming usersh verifyhostkeydns versionaddendum
          visualhostkey warnweakcrypto xauthlocation
          """);

  private Keywords() {}

  private static Set<String> words(String text) {
    return Arrays.stream(text.strip().split("\\s+", -1)).collect(Collectors.toUnmodifiableSet());
  }

  /** Whether OpenSSH knows {@code keyword}. */
  static boolean isKnown(String keyword) {
    return Stream.of(READ, REFUSED, HARMLESS).anyMatch(set -> set.contains(keyword));
  }
}
