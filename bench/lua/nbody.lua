-- Floating point and fields of tables: bodies that pull at each other.
local size = tonumber(arg[1])
local bodies = {}
for i = 1, 5 do
  bodies[i] = {x = i * 3.1, y = i * i * 0.7, z = 5 - i, vx = 0, vy = 0.1 * i, vz = 0, mass = 1 / i}
end
local function advance(dt)
  for i = 1, #bodies do
    local a = bodies[i]
    for j = i + 1, #bodies do
      local b = bodies[j]
      local dx, dy, dz = a.x - b.x, a.y - b.y, a.z - b.z
      local distance = math.sqrt(dx * dx + dy * dy + dz * dz)
      local pull = dt / (distance * distance * distance)
      a.vx, a.vy, a.vz = a.vx - dx * b.mass * pull, a.vy - dy * b.mass * pull, a.vz - dz * b.mass * pull
      b.vx, b.vy, b.vz = b.vx + dx * a.mass * pull, b.vy + dy * a.mass * pull, b.vz + dz * a.mass * pull
    end
  end
  for _, a in ipairs(bodies) do
    a.x, a.y, a.z = a.x + dt * a.vx, a.y + dt * a.vy, a.z + dt * a.vz
  end
end
for _ = 1, size * 270 do advance(0.001) end
print(("%.9f"):format(bodies[1].x))
