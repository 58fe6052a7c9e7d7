# Reads TAP with Perl's own TAP::Parser and prints what it understood. The parser of Debian
# 12 knows versions up to 13, of which 14 is an extension: the caller writes 13 in front.
use strict;
use warnings;
use TAP::Parser;

local $/;
my $tap = <STDIN>;
my $parser = TAP::Parser->new({ tap => $tap });
my $blocks = 0;
while (my $result = $parser->next) {
    $blocks++ if $result->is_yaml;
}
printf "planned %d, ran %d, passed %d, failed %d, skipped %d, todo %d, blocks %d\n",
    $parser->tests_planned // -1, $parser->tests_run, scalar $parser->passed,
    scalar $parser->failed, scalar $parser->skipped, scalar $parser->todo, $blocks;
print "parse error: $_\n" for $parser->parse_errors;
