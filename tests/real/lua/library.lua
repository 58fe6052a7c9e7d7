-- The library: string, table, math, utf8, os, io, and what they refuse.
print(("%5d|%-5d|%05d|%+d|%x|%X|%o|%c|%q|%s"):format(42, 42, 42, 42, 255, 255, 8, 65, 'a "b"\n', nil))
print(("%.3f %10.2e %g %a %i %%"):format(1 / 3, 12345.678, 1e20, 0.5, 7))
print(("%-10s|%10.3s|"):format("left", "cutoff"))
print(("hello world"):find("o w"), ("hello"):find("l+"), ("a.b"):find(".", 1, true), ("x"):find("y"))
print(("key = value"):match("^(%w+)%s*=%s*(%w+)$"), ("2024-02-29"):match("(%d+)-(%d+)-(%d+)"))
print(("hello"):gsub("l", {l = "L"}), ("abc"):gsub("%w", "%0%0"), ("abc"):gsub("", "-"))
print(("one two three"):gsub("%w+", function(w) return #w > 3 and w:upper() or nil end, 3))
print(("f(a(b)c)d"):match("%b()"), ("THE (quick) fox"):find("%((%a+)%)"), ("x"):rep(5, ","))
print(("%d"):rep(3, " "):format(1, 2, 3), ("abc"):byte(1, -1), string.char(72, 105))
print(("abc"):sub(-2), ("abc"):sub(2, 10), ("abc"):reverse(), ("MiXeD"):lower(), ("é"):len())
for k, v in ("a=1, b=2"):gmatch("(%w+)=(%w+)") do io.write(k, v, ";") end
print(("[%f[%w]%w+%f[%W]]"):len(), ("THE END"):find("%f[%a]%a+%f[%A]"))
print(string.pack("<i4", 100):byte(1, -1), string.unpack("<i4", string.pack("<i4", -2)))
print(string.unpack("z s1 >I2 d", string.pack("z s1 >I2 d", "zero", "one", 513, 1.5)))
print(string.packsize("i4 i8 !8 d"), pcall(string.pack, "i17", 1))
print(tostring(1e15), tostring(2 ^ 53), tostring(-0.0), 1e100, 0x7fffffffffffffff, 1e308 * 10)
print(tonumber("0x1p4"), tonumber("  12  "), tonumber("1e"), tonumber("z", 36), tonumber("8", 8))

local words = {"pear", "apple", "fig", "orange", "date"}
table.sort(words)
print(table.concat(words, ","), table.concat(words, "-", 2, 3))
table.sort(words, function(x, y) return #x > #y or (#x == #y and x < y) end)
print(table.unpack(words))
table.insert(words, "last"); table.insert(words, 1, "first")
print(table.remove(words, 1), table.remove(words), #words, table.remove({}))
print(table.unpack(table.move({1, 2, 3}, 1, 3, 2)))
print(table.pack(1, nil, 3).n, select(-1, 1, 2, 3), pcall(table.concat, {{}}))
local numbers = {}
for i = 1, 2000 do numbers[i] = (i * 7919) % 2003 end
table.sort(numbers)
for i = 2, #numbers do assert(numbers[i - 1] <= numbers[i]) end
print(pcall(table.sort, {3, 1, 2, 5, 4, 9, 8}, function() return true end))
print(next({}), rawget({5}, 1), #{1, 2, nil, 4} >= 2, type(next), pcall(next, {}, "x"))

print(math.floor(-3.5), math.ceil(-3.5), math.fmod(-7, 3), math.abs(math.mininteger), math.ult(1, -1))
print(math.max(1, 2.5), math.min(3, 2), math.tointeger(3.0), math.tointeger(3.5), math.huge, -math.pi)
print(("%.10f"):format(math.sin(1)), ("%.10f"):format(math.exp(1)), ("%.10f"):format(math.log(10, 2)))
math.randomseed(42)
local first = math.random(1000000)
math.randomseed(42)
assert(first == math.random(1000000))
for _ = 1, 1000 do local r = math.random(3, 7); assert(r >= 3 and r <= 7) end

print(utf8.char(228, 8364, 128512), utf8.len("äöü"), utf8.codepoint("€", 1), utf8.offset("aäb", 3))
for p, c in utf8.codes("aä€") do io.write(p, ":", c, " ") end
print(utf8.len("\xff"), pcall(utf8.codepoint, "\xff"))

print(os.time({year = 2024, month = 2, day = 29, hour = 12, isdst = false}) ~= nil)
print(os.date("!%Y-%m-%d %H:%M:%S", 86400 * 365), os.getenv("THIMBLE_NOT_SET"), os.difftime(5, 3))
print(os.rename("nowhere", "elsewhere"))
print(os.remove("nowhere"))
print(os.execute("exit 3"))
assert(os.clock() >= 0 and os.remove(os.tmpname()))

local name = "scratch.txt"
local file = assert(io.open(name, "w+"))
print(io.type(file), file:setvbuf("full", 1024))
file:write("first line\n", 42, " ", 3.5, "\n", ("x"):rep(5000), "\nlast")
print(file:seek("set", 0), file:read("l"), file:read("n", "n"), file:read("L"), #file:read("l"))
print(file:read("a"), file:read("a"), file:read("l"), file:seek("end"))
file:close()
print(io.type(file), pcall(file.read, file))
for line in io.lines(name) do io.write(#line, " ") end
for two, rest in io.lines(name, 2, "l") do io.write(two, #rest, " ") break end
print()
io.output(name); io.write("again"); io.close(); io.output(io.stdout)
io.input(name); print(io.read("a")); io.close(io.input()); io.input(io.stdin)
print(io.open("/nonexistent/file"))
print(pcall(io.lines, "/nonexistent/file"))
local pipe = io.popen("echo from the shell; exit 7")
print(pipe:read("a"), pipe:close())
local temporary = io.tmpfile(); temporary:write("t"); temporary:close()
assert(os.remove(name))
io.stderr:write("")

local module = {answer = 42}
package.preload["a.module"] = function(n) print("loading", n); return module end
assert(require("a.module") == module and require("a.module") == module)
print(pcall(require, "no.such.module") == false, package.searchpath("none", "./?.none") == nil)
