/** The HTML is the title, what a reader sees stands beside it. */
import { describe, expect, test } from 'vitest';
import { plainLine, plainText } from '../../core/text/plain-text.ts';

describe('plainText', () => {
  test.each([
    ['', ''],
    ['  no   markup\n at all ', 'no markup at all'],
    ['Fish &amp; chips', 'Fish & chips'],
    ['a &lt;b&gt; c', 'a <b> c'],
    ['&amp;lt; stays', '&lt; stays'],
    ['It&#8217;s &#x2014; here', 'It’s — here'],
    ['AT&T, R&D', 'AT&T, R&D'],
    ['1 < 2 and 3 > 2', '1 < 2 and 3 > 2'],
    ['<p>One</p><p>Two</p>', 'One\nTwo'],
    ['One<br>Two<br/><br>Three', 'One\nTwo\nThree'],
    ['in<b>si</b>de', 'inside'],
    ['<ul><li>a<li>b</ul>', 'a\nb'],
    ['a<script>alert("</p>")</script>b', 'ab'],
    ['a<style>p { color: red }</style>b', 'ab'],
    ['a<!-- hidden -->b', 'ab'],
    ['a<object><object>x</object>y</object>b', 'ab'],
    ['<img src="x" onerror="alert(1)">seen', 'seen'],
    ['<a href="javascript:alert(1)">link</a>', 'link'],
    ['<math><mi>a</mi><mo>+</mo><mi>b</mi></math>', 'a+b'],
    ['never <b closed', 'never'],
    ['a<style>p { color: red }', 'a'],
    ['a<script>b', 'a'],
    ['a\nb', 'a b'],
    ['a<object><b>x</b>y</object>z', 'az'],
    ['a<noscript>b<p>c</noscript>d', 'ad'],
    ['a<noscript>b<p>c', 'abc'],
    ['a<object><object>x</object>y', 'axy'],
    ['a<iframe></p>x</iframe><p>b', 'a\nb'],
    ['<TITLE>a</TITLE>b<DIV>c</DIV>d', 'b\nc\nd'],
    ['<?b?><!doctype c>d', 'd'],
    ['a<p\n\n>b \n c</p> \n\n d', 'a\nb c\nd'],
    ['a\n&#10;b&nbsp;c', 'a b c'],
    ['<td>a</td><td>b</td>', 'a\nb'],
    ['<select><option>a</select><textarea>b</textarea>c', 'c'],
    ['<b>a<img alt="x"/></b>b', 'ab'],
  ])('%s', (html, text) => {
    expect(plainText(html)).toBe(text);
  });
});

test('plainLine has no line breaks', () => {
  expect(plainLine('<p>One</p>\n<p>Two</p>')).toBe('One Two');
});
